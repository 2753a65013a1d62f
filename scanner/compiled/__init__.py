"""Kernels that numba compiles, for tables large enough to be worth it.

Everything here has a counterpart in numpy with the same results; ``loading.py`` says when which one runs.
Only ``loading`` may be imported by others: the rest imports numba, which takes half a second.
"""
