"""Other tools on the same data, judged by the same scorer. See ``benchmarks/README.md``."""
