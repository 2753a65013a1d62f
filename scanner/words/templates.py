"""Templates of pages that load nothing: whatever they show is escaped, and nothing in it is invisible."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scanner.words.visible import visible


@cache
def environment(package: str) -> Environment:
    """Return the templates in the folder ``templates`` of a package."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def asset(package: str, name: str) -> Markup:
    """Return a file beside the templates of a package, such as a style sheet, as it stands."""
    content = files(package).joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(content)  # noqa: S704 - a file of ours


def policy(style: str, script: str = "") -> Markup:
    """Return the policy of a page: one style sheet and at most one script, by digest, and no address."""
    scripts = f"script-src '{_digest(script)}'; " if script else ""
    return Markup(  # noqa: S704 - digests and fixed words
        f"default-src 'none'; style-src '{_digest(style)}'; {scripts}base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _shown(value: object) -> object:
    """Make what a template prints harmless to look at; Markup has been through this already."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
