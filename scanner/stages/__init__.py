"""The stages of a scan, which ``scanner.pipeline`` puts in order."""
