"""How long a frame of a million rows and 20 columns is profiled in a notebook."""
