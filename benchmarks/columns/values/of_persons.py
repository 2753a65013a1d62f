"""Values about a person: names, sex, dates, origin, family, work."""

from __future__ import annotations

from pypinyin import lazy_pinyin

from benchmarks.columns.makers import by_name
from benchmarks.columns.values.cell import Cell
from benchmarks.columns.values.drawing import pick
from benchmarks.columns.values.vocabulary import (
    BLOOD,
    EDU,
    ETHNIC,
    MARITAL,
    NATION,
    POLITICAL,
    RELATION,
    RELIGION,
)


def person_name(c: Cell) -> str:
    return c.name


def pinyin_name(c: Cell) -> str:
    surname, *given = lazy_pinyin(c.name.replace("·", ""))
    first, last = "".join(given).capitalize(), surname.capitalize()
    return (f"{last} {first}", f"{first} {last}", f"{last.upper()} {first.upper()}")[c.number % 3]


def person_name_pinyin(c: Cell) -> str:
    return pick(c.rng, c.words["foreign_names"]) if c.variant % 3 == 2 else pinyin_name(c)


def gender(c: Cell) -> str:
    return (("女", "男"), ("F", "M"), ("female", "male"), ("女性", "男性"), ("2", "1"), ("0", "1"))[
        c.variant % 6
    ][c.male]


def birth_date(c: Cell) -> str:
    return (
        f"{c.birth:%Y-%m-%d}",
        f"{c.birth:%Y%m%d}",
        f"{c.birth:%Y/%m/%d}",
        f"{c.birth.year}年{c.birth.month}月{c.birth.day}日",
    )[c.variant % 4]


def age(c: Cell) -> int:
    return int(c.age)


def ethnicity(c: Cell) -> str:
    x = c.rng.random()
    e = "汉族" if x < 0.8 else pick(c.rng, ETHNIC)
    return e if c.variant % 2 == 0 else e[:-1]


def nationality(c: Cell) -> str:
    return "中国" if c.rng.random() < 0.85 else pick(c.rng, NATION)


def native_place(c: Cell) -> str:
    _, prov, city, county, _ = c.region
    return prov + ("" if city in ("市辖区", "县") else city) if c.variant % 2 else prov + county


def religion(c: Cell) -> str:
    return RELIGION[0] if c.rng.random() < 0.6 else pick(c.rng, RELIGION)


def political_status(c: Cell) -> str:
    return "群众" if c.rng.random() < 0.5 else pick(c.rng, POLITICAL)


def marital_status(c: Cell) -> str:
    return "未婚" if c.age < 22 else pick(c.rng, MARITAL[:4])


def family_relation(c: Cell) -> str:
    return pick(c.rng, RELATION)


def education(c: Cell) -> str:
    return pick(c.rng, EDU) if c.variant % 3 else pick(c.rng, c.words["schools"])


def occupation(c: Cell) -> str:
    return pick(c.rng, c.words["occupations"] if c.variant % 2 == 0 else c.words["titles"])


def blood_type(c: Cell) -> str:
    return pick(c.rng, BLOOD) if c.variant % 2 else pick(c.rng, BLOOD)[:-1]


MAKERS = by_name(
    person_name,
    person_name_pinyin,
    gender,
    birth_date,
    age,
    ethnicity,
    nationality,
    native_place,
    religion,
    political_status,
    marital_status,
    family_relation,
    education,
    occupation,
    blood_type,
)
