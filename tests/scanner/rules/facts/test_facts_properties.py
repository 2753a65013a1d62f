"""Whatever stands in a facts file is read, or refused by the key it stands under; nothing else happens."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.rules import Facts, FactsError, assess, load_facts
from scanner.rules.facts.facts_file import _allowed

DAY = date(2026, 11, 22)
SECTIONS = [name for name in Facts.model_fields if name not in ("as_of", "history", "entities", "flows")]
KEYS = st.sampled_from([(section, key) for section in SECTIONS for key in _allowed((section,))])
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8) | st.dates()
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NUMBERS = st.integers(-5, 2_000_000)


def problem(data):
    """Return what is said of the facts, or nothing where they are read and can be assessed."""
    try:
        facts = load_facts(data)
    except FactsError as error:
        return str(error)
    assess(facts, DAY)
    return ""


@settings(deadline=None, max_examples=150)
@given(KEYS, ANYTHING)
def test_any_value_is_read_or_refused_by_its_key(where, value):
    section, key = where
    said = problem({section: {key: value}})

    assert not said or f"{section}.{key}" in said


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(list(_allowed(("flows", 0)))), ANYTHING)
def test_any_value_of_a_flow_is_read_or_refused_by_its_key(key, value):
    said = problem({"flows": [{"name": "crm", key: value}]})

    assert not said or key in said or "flows" in said


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(SECTIONS), st.text(min_size=1, max_size=8), SCALARS)
def test_an_unknown_key_is_always_named(section, key, value):
    if key not in _allowed((section,)):
        assert repr(f"{section}.{key}") in problem({section: {key: value}})


@settings(deadline=None, max_examples=100)
@given(NUMBERS, NUMBERS)
def test_an_interval_is_read_exactly_when_it_can_be_true(lower, upper):
    said = problem({"held": {"pi_subjects": {"lower": lower, "upper": upper}}})

    assert (said == "") == (0 <= lower <= upper)


@settings(deadline=None, max_examples=100)
@given(NUMBERS, NUMBERS)
def test_more_sensitive_persons_than_persons_are_refused(some, everybody):
    said = problem({"held": {"spi_subjects": some, "pi_subjects": everybody}})

    assert (said == "") == (0 <= some <= everybody)
    assert not said or "held.spi_subjects" in said or "held.pi_subjects" in said
