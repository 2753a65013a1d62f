"""One file for each PI type: its header words, its value test, its dictionary."""
