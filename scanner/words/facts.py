"""Words for the facts that rules ask for."""

from __future__ import annotations

import re

from scanner.words.texts import Tongue, texts_of

_NAME = re.compile(r"\[(.*)\]")


def fact_in(key: str, tongue: Tongue) -> str:
    """Return what a fact is, with the name of its flow; the key itself where there are no words.

    >>> fact_in("flows[eu-crm].important_data", "en"), fact_in("events.reached.PIPO-30D", "en")
    ('important data among what leaves or not (eu-crm)', 'day on which the number was reached')
    """
    name = _NAME.search(key)
    plain = ".".join(_NAME.sub("", key).split(".")[:2])  # the third part names a rule
    known = texts_of("scanner.words").get(f"fact.{plain}")
    if known is None:
        return key
    return known[tongue] + (f" ({name[1]})" if name else "")
