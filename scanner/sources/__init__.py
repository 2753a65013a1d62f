"""Sources: what they are called, and how they are opened."""

from scanner.sources.naming import open_named
from scanner.sources.opening import access_of, name_source, name_sources, open_configured, unique_name

__all__ = ["access_of", "name_source", "name_sources", "open_configured", "open_named", "unique_name"]
