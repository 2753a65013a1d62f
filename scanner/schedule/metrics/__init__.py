"""Prometheus metrics of schedules: as a file for node_exporter's textfile collector, and over HTTP.

``families`` says what is measured, ``exposition`` writes it down, ``serving`` answers who asks.
"""
