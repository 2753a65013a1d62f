"""A public benchmark for tools that find personal information in columns of Chinese data.

Deterministic: with the locked libraries, one version, configuration and seed give the same files,
byte for byte.
See ``benchmarks/README.md``.
"""

VERSION = "1.0"
