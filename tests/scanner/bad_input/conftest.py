"""A source that is in order, and configurations."""

from __future__ import annotations

import pytest
import yaml

from .outcomes import COLUMNS, rows


@pytest.fixture
def crm(write_sqlite, make_people, tmp_path):
    return write_sqlite(tmp_path / "crm.sqlite", "customer", COLUMNS, rows(make_people(60)))


@pytest.fixture
def configured(tmp_path):
    """Return a function that writes pandian.yaml."""

    def write(document):
        path = tmp_path / "pandian.yaml"
        text = document if isinstance(document, str) else yaml.safe_dump(document, allow_unicode=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
