"""The demo warehouse: generated people, real formats, known truth."""

from scanner.demo.warehouse import DemoWarehouse, build

__all__ = ["DemoWarehouse", "build"]
