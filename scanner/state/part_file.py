"""The file of one part: a short header, the census as Arrow, further blobs, and a keyed seal over all of it.

Layout: magic, length of the header (4 bytes, little endian), header (JSON), sections, seal (32 bytes: BLAKE2b
under the key of the digests). The seal shows damage, and that whoever wrote the file had the key.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from scanner.identifiers import SubjectKey
from scanner.state.errors import DamagedState, ForeignState
from scanner.state.model import PartInfo, PartState, Place

MAGIC = b"PANDIAN\x01"
_LENGTH, _SEAL = 4, 32
_CENSUS = "census"
_OPTIONS = pa.ipc.IpcWriteOptions(compression="lz4")


def write_part(path: Path, state: PartState, key: SubjectKey) -> None:
    """Write a part so that ``path`` holds all of it or what it held before, whenever the process dies."""
    sections = {_CENSUS: _arrow_bytes(state.census), **{f"blob:{name}": b for name, b in state.blobs.items()}}
    header = _header(state.info, key, {name: len(content) for name, content in sections.items()})
    body = [MAGIC, len(header).to_bytes(_LENGTH, "little"), header, *sections.values()]
    replace_file(path, [*body, _sealed(body, key)])


def replace_file(path: Path, content: list[bytes]) -> None:
    """Put a file, readable by its owner only, in the place of another in one step."""
    temporary = path.with_suffix(".tmp")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def read_info(path: Path, key: SubjectKey) -> PartInfo:
    """Read the header only; whether the file is whole is told by its length.

    Raises:
        ForeignState: Made with another key or by another version.
        DamagedState: Cut off or no part at all.
    """
    with _opened(path) as file:
        return _info(_read_header(file, path, key), path)


def read_part(path: Path, key: SubjectKey) -> PartState:
    """Read a part and check its seal.

    Raises:
        ForeignState: Made with another key or by another version.
        DamagedState: Cut off or changed.
    """
    with _opened(path) as file:
        header = _read_header(file, path, key)
        start = file.tell()
        file.seek(0)
        content = file.read()
    body, seal = content[:-_SEAL], content[-_SEAL:]
    if not hmac.compare_digest(_sealed([body], key), seal):
        raise _damaged(path)
    sections = dict(_sections(memoryview(body)[start:], header["sections"]))
    census = pa.ipc.open_stream(pa.py_buffer(sections.pop(_CENSUS))).read_all()
    blobs = {name.removeprefix("blob:"): bytes(found) for name, found in sections.items()}
    return PartState(info=_info(header, path), census=census, blobs=blobs)


def _header(info: PartInfo, key: SubjectKey, sections: Mapping[str, int]) -> bytes:
    whole = asdict(info) | {"key": key.fingerprint, "sections": list(sections.items())}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, default=dt.date.isoformat).encode()


def _arrow_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=_OPTIONS) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def _sealed(content: list[bytes], key: SubjectKey) -> bytes:
    seal = hashlib.blake2b(key=key.secret, digest_size=_SEAL, person=b"pandian-state")
    for piece in content:
        seal.update(piece)
    return seal.digest()


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise DamagedState(f"{path}: cannot be read ({error.strerror}).") from error


def _read_header(file: Any, path: Path, key: SubjectKey) -> dict[str, Any]:
    start = file.read(len(MAGIC) + _LENGTH)
    if start[: len(MAGIC) - 1] == MAGIC[:-1] and start[: len(MAGIC)] != MAGIC:
        raise ForeignState(
            f"{path}: made by another version of Pandian. Name another state folder; the next scan fills it."
        )
    size = int.from_bytes(start[len(MAGIC) :], "little")
    try:
        header: dict[str, Any] = json.loads(file.read(size))
        length = len(start) + size + sum(length for _, length in header["sections"]) + _SEAL
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(path) from None
    if start[: len(MAGIC)] != MAGIC or os.fstat(file.fileno()).st_size != length:
        raise _damaged(path)
    require_key(path, str(header.get("key")), key)
    return header


def require_key(path: Path, made_with: str, key: SubjectKey) -> None:
    """Refuse what was made with another key; keys are told apart by their fingerprints."""
    if made_with != key.fingerprint:
        raise ForeignState(
            f"{path}: its digests were made with key '{made_with}', the key in use is '{key.fingerprint}'. "
            "Use the same PANDIAN_KEY or key file, or name another state folder."
        )


def _damaged(path: Path) -> DamagedState:
    return DamagedState(
        f"{path}: this part of the state is cut off or was changed. "
        "Run 'pandian census forget --damaged' on the folder; the next scan reads the part again."
    )


def _info(header: Mapping[str, Any], path: Path) -> PartInfo:
    try:
        fields: dict[str, Any] = {
            name: header[name] for name in ("fingerprint", "plan", "rows", "ahead", "scan")
        }
        as_of = dt.date.fromisoformat(header["as_of"])
        gone = dt.date.fromisoformat(header["gone"]) if header["gone"] else None
        return PartInfo(place=Place(**header["place"]), as_of=as_of, gone=gone, **fields)
    except (KeyError, TypeError, ValueError):
        raise _damaged(path) from None


def _sections(body: memoryview, lengths: Sequence[tuple[str, int]]) -> Iterator[tuple[str, memoryview]]:
    start = 0
    for name, length in lengths:
        yield name, body[start : start + length]
        start += length
