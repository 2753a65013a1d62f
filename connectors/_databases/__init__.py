"""Databases through SQLAlchemy, whatever their dialect."""
