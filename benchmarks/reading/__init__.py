"""How fast sources are read into Arrow, beside the libraries that only read."""
