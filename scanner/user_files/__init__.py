"""Files that people write: YAML documents and tables."""
