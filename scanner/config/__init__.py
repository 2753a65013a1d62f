"""Configuration: ``pandian.yaml`` checked in one place and turned into frozen values.

``${NAME}`` in any text is replaced by the environment variable of that name; the expanded text is never
printed, and ``digest`` is taken before expansion, so that it says nothing about secrets. It covers the files
of types and values that the configuration names.
"""

from scanner.config.keeping import StateConfig, StoreConfig
from scanner.config.reading import load_config, parse_config, without_file
from scanner.config.settings import FACTS, ScanConfig
from scanner.config.sources import IncrementConfig, RetriesConfig, SourceConfig
from scanner.config.tables import FlowConfig, FlowTable, TableConfig
from scanner.user_files.documents import ConfigError

__all__ = [
    "FACTS",
    "ConfigError",
    "FlowConfig",
    "FlowTable",
    "IncrementConfig",
    "RetriesConfig",
    "ScanConfig",
    "SourceConfig",
    "StateConfig",
    "StoreConfig",
    "TableConfig",
    "load_config",
    "parse_config",
    "without_file",
]
