"""Proofs about the law engine: the golden table, its mutants, the rule book, speed and the dev warehouses."""
