"""A page, or one a language, as one HTML file: everything escaped, nothing loaded, no script."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scanner.pages.model import Page
from scanner.report._visible import visible

_LANG = {"zh": "zh-CN", "en": "en"}


def render_html(pages: Sequence[Page]) -> str:
    """Return one file with the page in each of its languages, one below the other."""
    style = _style()
    return (
        _environment()
        .get_template("page.html")
        .render(
            pages=pages,
            lang=_LANG,
            style=style,
            policy=Markup(_policy(style)),  # noqa: S704 - a digest and fixed words
        )
    )


def _policy(style: str) -> str:
    """Return the policy of the page: one style sheet, by its digest, and nothing else."""
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _style() -> Markup:
    return Markup(files("scanner.pages").joinpath("templates/page.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("scanner.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = visible
    return environment
