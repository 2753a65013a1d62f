"""How things are said: in two languages, with names made harmless, as plain text, and in pages."""
