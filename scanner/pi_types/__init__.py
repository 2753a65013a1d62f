"""The PI types that a scan looks for, and what users say of types, columns and values beforehand."""
