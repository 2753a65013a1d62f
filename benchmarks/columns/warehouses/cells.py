"""The cells of one column: values of persons by kind, and values that nobody has."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.columns.warehouses.links import bit_of
from benchmarks.columns.warehouses.mixing import U64, Array, joined, mix, padded, unit
from benchmarks.columns.warehouses.population import Persons


@dataclass(frozen=True, kw_only=True)
class Place:
    """What decides the cells of a column.

    Attributes:
        column: Its settings, of which ``kind`` says what it holds.
        who: The person of each row, as a row of ``persons``.
        keys: A number for each row of the table, the same in all columns.
        salt: That of the column.
    """

    column: dict[str, Any]
    persons: Persons
    who: Array
    keys: Array
    salt: int

    def unit(self, step: int) -> NDArray[np.float64]:
        """Return numbers in [0, 1), a row each."""
        return unit(self.keys, self.salt + step)

    def mix(self, step: int) -> U64:
        return mix(self.keys, self.salt + step)

    def of(self, attribute: str) -> Array:
        """Return an attribute of the persons in the rows, as objects."""
        return np.asarray(getattr(self.persons, attribute))[self.who].astype(object)

    def drawn(self, options: Array) -> Array:
        """Return one of the options for each row."""
        return options[(self.unit(4) * len(options)).astype(int)]


@dataclass
class Identifying:
    """Cells with the identifier that each of them is, as a mask of one bit; 0 for none that can be used."""

    cells: Array
    bits: Array

    def put(self, where: Array, cells: Array, name: str) -> None:
        """Replace cells by those of another identifier."""
        self.cells[where] = cells[where]
        self.bits[where] = bit_of(name)


def of_one(place: Place, name: str, attribute: str = "") -> Identifying:
    """Return cells that hold one identifier, which is an attribute of the same or another name."""
    return Identifying(place.of(attribute or name), np.full(len(place.who), bit_of(name), np.uint32))


def of_same_name(place: Place) -> Identifying:
    return of_one(place, place.column["kind"])


def of_two(place: Place) -> Identifying:
    """Return cells that hold the second of two identifiers of a kind here and there."""
    first, second = (f"{place.column['kind']}{number}" for number in "01")
    found = of_one(place, first)
    found.put(place.unit(1) < place.column.get("second", 0), place.of(second), second)
    return found


def resident_ids(place: Place) -> Identifying:
    """Return resident ID numbers, some of 15 digits or with a small x; foreigners have passports."""
    found, drawn = of_one(place, "id", "id18"), place.unit(1)
    short = (drawn < place.column.get("as15", 0)) & place.persons.born1900[place.who]
    found.put(short, place.of("id15"), "id")
    if place.column.get("lower_x"):
        low = drawn > 0.7
        found.cells[low] = np.char.lower(found.cells[low].astype(str))
    found.put(place.persons.foreign[place.who], place.of("doc"), "doc")
    return found


def mobiles(place: Place) -> Identifying:
    """Return telephone numbers: the one in use, an old or a second one, or that of a relative."""
    found, drawn = of_one(place, "phone0"), place.unit(1)
    found.put(drawn < place.column.get("old", 0), place.of("phone_old"), "phone_old")
    found.put(drawn >= 1 - place.column.get("second", 0), place.of("phone2"), "phone2")
    if place.column.get("family", True):
        found.put(place.persons.shares[place.who], place.of("phone_shared"), "phone_shared")
    return found


IDENTIFIERS: dict[str, Callable[[Place], Identifying]] = {
    "id": resident_ids,
    "mobile": mobiles,
    **dict.fromkeys(("email", "member", "device", "card"), of_two),
    **dict.fromkeys(("doc", "emp", "mrn", "student", "openid", "plate"), of_same_name),
}


def times(place: Place) -> Array:
    start = np.datetime64(place.column.get("from", "2025-01-01T00:00:00"))
    seconds = place.unit(4) * place.column.get("span_days", 180) * 86400
    return np.datetime_as_string(start + seconds.astype("timedelta64[s]"), unit="s").astype(object)


def addresses(place: Place) -> Array:
    """Return IPv4 addresses; each person keeps to one."""
    return np.array(
        [
            f"{int(z) % 180 + 11}.{int(z) >> 8 & 255}.{int(z) >> 16 & 255}.{int(z) >> 24 & 255}"
            for z in mix(place.keys // 64, place.salt + 5)
        ],
        object,
    )


def numbers(place: Place) -> Array:
    return joined(place.column.get("prefix", ""), padded(place.mix(6) % np.uint64(10**14), 14)).astype(object)


def vectors(place: Place) -> Array:
    """Return vectors of norm 1 as JSON."""
    parts = [place.unit(10 + k) * 2 - 1 for k in range(place.column.get("dim", 16))]
    found = np.stack(parts, 1)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return np.array([json.dumps([round(float(x), 4) for x in row]) for row in found], object)


def words(place: Place, name: str) -> Array:
    return place.drawn(np.array(place.persons.words[name], object))


PLAIN: dict[str, Callable[[Place], Array]] = {
    "name": lambda place: place.of("name"),
    "birth": lambda place: np.datetime_as_string(place.persons.birth[place.who], unit="D").astype(object),
    "gender": lambda place: np.where(place.persons.male[place.who], "男", "女").astype(object),
    "region": lambda place: (place.persons.region[place.who] // 10000 * 10000).astype(int),
    "status_deceased": lambda place: np.where(place.persons.deceased[place.who], "注销(死亡)", "正常").astype(
        object
    ),
    "amount": lambda place: np.round(np.exp(3 + 4 * place.unit(4)), 2),
    "score": lambda place: (350 + 600 * place.unit(4)).astype(int),
    "lon": lambda place: np.round(73.7 + 61 * place.unit(4), 6),
    "lat": lambda place: np.round(18.2 + 35 * place.unit(4), 6),
    "ts": times,
    "ip": addresses,
    "seqno": numbers,
    "vector": vectors,
    "choice": lambda place: place.drawn(np.array(place.column["values"], object)),
    "words": lambda place: words(place, place.column["list"]),
    "remark": lambda place: words(place, "remark_plain"),
}
