"""PostgreSQL and what speaks like it: described by its catalogue, sampled by TABLESAMPLE, read into Arrow."""

from connectors.dialects.postgresql.catalogue import relation_names, relations, schemas
from connectors.dialects.postgresql.sampling import sample
from connectors.dialects.postgresql.sessions import open_engine
from connectors.dialects.postgresql.streaming import stream

__all__ = ["open_engine", "relation_names", "relations", "sample", "schemas", "stream"]
