"""Columns here are short: without this, kernels would be compared with the validators by the validators."""

from __future__ import annotations

import pytest

from classifiers.kernels import _few


@pytest.fixture(autouse=True, scope="package")
def _always_in_bulk():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_few, "FEW", -1)
        yield
