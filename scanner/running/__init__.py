"""A scan as somebody asks for it: by the command line, in a notebook, or on a schedule."""
