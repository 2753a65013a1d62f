"""How fast, and in how much memory, persons are counted in a large Parquet table.

``python -m benchmarks.census --help`` measures; ``people.py`` makes the table and knows its true counts.
"""
