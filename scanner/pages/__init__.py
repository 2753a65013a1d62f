"""Pages of tables and charts, shown in a terminal or as one HTML file that loads nothing. Pure."""

from scanner.pages.model import Figure, Page, Row, Section
from scanner.pages.to_html import render_html
from scanner.pages.to_text import render_text

__all__ = ["Figure", "Page", "Row", "Section", "render_html", "render_text"]
