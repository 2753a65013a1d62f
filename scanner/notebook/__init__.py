"""The face for notebooks and scripts."""

from scanner.notebook.scanning import ScanResult, assess, scan

__all__ = ["ScanResult", "assess", "scan"]
