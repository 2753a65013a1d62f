"""Keyed digests of values and of columns, and the key itself."""

from scanner.digests.keyed import U8, U64, SubjectKey, digest, keyed_state, rotate

__all__ = ["U8", "U64", "SubjectKey", "digest", "keyed_state", "rotate"]
