"""Tables out of files, whatever their format: which files belong together, and how they are read as one."""
