"""What a sample of a table tells beside tags."""
