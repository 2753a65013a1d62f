"""Iceberg catalogues: SQL databases and REST services that say where tables are."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode

from connectors._checkup import Checkup
from connectors._errors import DriverMissing, SourceUnreachable
from connectors._files.opened import OpenedTables
from connectors._files.part import PartBroken
from connectors._model import Table, Unread
from connectors._selection import Selection
from connectors._storage.fsspec import without_login
from connectors.iceberg import described, open_lake

if TYPE_CHECKING:
    from pyiceberg.catalog import Catalog

SCHEME = re.compile(r"iceberg(\+[\w+.-]+)?://", re.IGNORECASE)
_REST = frozenset({"http", "https"})
_SQLITE = re.compile(r"sqlite(?:\+\w+)?:///(?P<path>.+)")
# What of the options of a URL is meant for the catalogue; the rest belongs to the URL of its database.
_PROPERTY = re.compile(
    r"warehouse|prefix|scope|audience|resource|oauth2-server-uri|(s3|gcs|adls|hdfs|rest)\..+"
)


class CatalogueConnector(OpenedTables):
    """The tables that a catalogue knows."""

    def __init__(self, catalogue: Catalog, location: str, selection: Selection) -> None:
        super().__init__(location, selection)
        self._catalogue = catalogue
        self._held.callback(catalogue.close)
        try:
            self._names = sorted(set(self._listed(())), key=lambda name: (name[:-1], name[-1]))
        except Exception as error:  # noqa: BLE001 -- catalogues have errors of many roots, which may quote a login
            self._held.close()
            raise SourceUnreachable(f"{location}: {_why(error)}.") from None

    def tables(self) -> Iterator[Table | Unread]:
        for *spaces, name in self._names:
            group = "/".join(spaces)
            if self._selection.takes(group, name):
                yield from self._table((*spaces, name), group, name)

    def checkup(self) -> Checkup:
        return Checkup(
            kind="iceberg",
            server=f"Iceberg catalogue, tables: {len(self._names):,}",
            drivers=(f"pyiceberg {version('pyiceberg')}",),
            session="catalogue and files are only read",
        )

    def _table(self, identifier: tuple[str, ...], group: str, name: str) -> Iterator[Table | Unread]:
        try:
            with described("its metadata are cut off, damaged or missing"):
                opened = open_lake(self._catalogue.load_table(identifier))
        except PartBroken as error:
            yield Unread(table=name, reason=str(error), group=group)
            return
        yield from self._take_in_lake(group, name, opened)

    def _listed(self, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        for space in self._catalogue.list_namespaces(above):
            if len(space) <= len(above):
                continue  # some services name the space itself
            yield from map(tuple, self._catalogue.list_tables(space))
            yield from self._listed(tuple(space))


def connect_catalogue(url: str, selection: Selection) -> CatalogueConnector:
    """Open a catalogue, which is only read.

    ``iceberg+https://host/path`` is a REST service, whose login in the URL is its OAuth credential;
    ``iceberg+postgresql://...`` (any SQLAlchemy URL) a SQL catalogue, ``?catalog=NAME`` its name in there;
    ``iceberg://NAME`` what PyIceberg's own configuration calls so.

    Raises:
        DriverMissing: The extra ``iceberg`` is not installed.
        SourceUnreachable: The catalogue does not open.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            catalogue = _catalogue(url)
    except ImportError as error:
        raise DriverMissing(
            f"Iceberg catalogues need the extra 'iceberg' (missing: {error.name}). "
            "Run: pip install 'pandian[iceberg]'"
        ) from None
    except Exception as error:  # noqa: BLE001 -- catalogues have errors of many roots, which may quote a login
        raise SourceUnreachable(f"{without_login(url)}: {_why(error)}.") from None
    return CatalogueConnector(catalogue, without_login(url), selection)


def _catalogue(url: str) -> Catalog:
    from pyiceberg.catalog import load_catalog  # noqa: PLC0415 -- an extra

    plain, _, query = url.partition("?")
    scheme, _, rest = plain.partition("://")
    inner = scheme.partition("+")[2]
    options = dict(parse_qsl(query))
    name = options.pop("catalog", "default")
    properties = {key: options.pop(key) for key in list(options) if _PROPERTY.fullmatch(key)}
    if not inner:
        return load_catalog(rest.strip("/") or None, **properties)
    if inner.lower() in _REST:
        login, _, place = rest.rpartition("@")
        credential = {"credential": unquote(login)} if login else {}
        return load_catalog(name, type="rest", uri=f"{inner}://{place}", **credential, **properties)
    address = f"{inner}://{rest}{'?' if options else ''}{urlencode(options)}"
    return load_catalog(name, type="sql", uri=_read_only(address), init_catalog_tables="false", **properties)


def _read_only(address: str) -> str:
    """Return the URL of a catalogue's database; a file of SQLite is opened for reading only."""
    found = _SQLITE.fullmatch(address.partition("?")[0])
    return f"sqlite:///file:{found['path']}?mode=ro&uri=true" if found else address


def _why(error: Exception) -> str:
    status = re.search(r"\b[45]\d\d\b|Unauthorized|Forbidden", str(error))
    said = f", {status[0]}" if status else ""
    return f"the catalogue does not open or answer ({type(error).__name__}{said})"
