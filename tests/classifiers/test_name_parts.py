"""Headers of parts of a name, and the names that they are parts of."""

from __future__ import annotations

import pytest

from classifiers.name_parts import FAMILY, GIVEN, MIDDLE, part_of_name


@pytest.mark.parametrize(
    ("header", "part", "rest"),
    [
        ("last_name", FAMILY, ""),
        ("LastName", FAMILY, ""),
        ("LASTNAME", FAMILY, ""),
        ("NAME_LAST", FAMILY, ""),
        ("billing_surname", FAMILY, "billing"),
        ("contacts[].lastName", FAMILY, "contacts"),
        ("NACHN", FAMILY, ""),
        ("xing", FAMILY, ""),
        ("姓", FAMILY, ""),
        ("患者姓氏", FAMILY, "患者"),
        ("first_name", GIVEN, ""),
        ("givenName", GIVEN, ""),
        ("contact_first_name", GIVEN, "contact"),
        ("VORNA", GIVEN, ""),
        ("ming", GIVEN, ""),
        ("名", GIVEN, ""),
        ("监护人名", GIVEN, "监护人"),
        ("middle_name", MIDDLE, ""),
    ],
)
def test_a_header_says_which_part_of_which_name_it_is(header, part, rest):
    assert part_of_name(header) == (part, rest)


@pytest.mark.parametrize(
    "header", ["name", "full_name", "姓名", "客户姓名", "xing_ming", "xingming", "xm", "file_name"]
)
def test_a_header_of_whole_names_says_no_part(header):
    assert part_of_name(header) is None
