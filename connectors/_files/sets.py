"""Which files belong together as one table, and what it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from glob import has_magic
from urllib.parse import unquote

from connectors._files.formats import DATABASES, LAKE, Format, format_of, is_part, lake_format, table_name
from connectors._files.found import Found, files_below, files_meant, is_partition
from connectors._model import PartitionKeys
from connectors._storage import Stored

_HIVE_NULL = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True, slots=True)
class DataFile:
    """One file, with the values of its partition keys (None for a missing one).

    Attributes:
        place: Path below the root of the source, with ``/``.
    """

    path: Stored
    keys: PartitionKeys = ()
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileSet:
    """The files of one table in path order, or the folder that a log keeps as one table."""

    group: str
    name: str
    format: Format
    files: tuple[DataFile, ...]


def find_file_sets(location: Stored) -> list[FileSet]:
    """Return the tables below a folder, in a pattern, or the one in a file, by group and name.

    Sub-folders are groups. A tree of ``key=value`` folders, and a folder that holds only
    numbered parts of one format, are one table each.
    """
    if has_magic(location.path):
        root, found = files_meant(location)
    elif location.is_file():
        return [_single(Found(location, (), format_of(location)))]
    else:
        listing = location.storage.listing(location)  # once: of a million objects it takes minutes
        if (kind := lake_format(listing, location)) in LAKE:
            return [_single(Found(location, (), kind))]
        root, found = location, files_below(listing, location)
    sets = [file_set for belonging in _bundles(found) for file_set in _file_sets(root, belonging)]
    return sorted(_told_apart(sets), key=lambda file_set: (file_set.group, file_set.name))


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Files of one folder; ``depth`` is the number of folders above the table, None: apart."""

    depth: int | None
    files: tuple[Found, ...]


def _bundles(found: Sequence[Found]) -> Iterator[_Bundle]:
    by_folder: dict[tuple[tuple[str, ...], bool], list[Found]] = {}
    for file in found:
        table = _partition_table(file.folders)
        by_folder.setdefault((file.folders if table is None else table, table is not None), []).append(file)
    for (folders, partitioned), files in by_folder.items():
        whole = partitioned or _are_parts([file for file in files if file.format is not Format.LOCKED])
        yield _Bundle(len(folders) if whole else None, tuple(files))


def _partition_table(folders: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the folders down to the one that holds the first ``key=value``."""
    for depth, folder in enumerate(folders):
        if is_partition(folder):
            return folders[:depth]
    return None


def _are_parts(files: Sequence[Found]) -> bool:
    return bool(files) and (
        all(is_part(file.path) for file in files)
        and len({file.format for file in files}) == 1
        and files[0].format not in {*DATABASES, *LAKE, Format.WORKBOOK, Format.UNKNOWN}
    )


def _file_sets(root: Stored, bundle: _Bundle) -> Iterator[FileSet]:
    if bundle.depth is None:
        yield from (_single(file) for file in bundle.files)
        return
    folders = bundle.files[0].folders[: bundle.depth]
    kinds = Counter(file.format for file in bundle.files)
    known = [kind for kind in kinds if kind not in {Format.UNKNOWN, Format.LOCKED}]
    main = max(known, key=lambda kind: kinds[kind], default=None)
    for kind in kinds:
        belonging = [file for file in bundle.files if file.format is kind]
        locked_partition = kind is Format.LOCKED and _partition_table(belonging[0].folders) is not None
        if kind is main or locked_partition:
            yield FileSet(
                group="/".join(folders[:-1]),
                name=folders[-1] if folders else root.name,
                format=kind,
                files=tuple(_data_file(file, _keys(file.folders[bundle.depth :])) for file in belonging),
            )
        else:
            yield from (_single(file) for file in belonging)


def _single(file: Found) -> FileSet:
    name = file.path.name if file.format in LAKE else table_name(file.path.name)
    group = "/".join(file.folders)
    if file.format in DATABASES:
        name, group = "", "/".join((*file.folders, name))
    return FileSet(group=group, name=name, format=file.format, files=(_data_file(file),))


def _data_file(file: Found, keys: PartitionKeys = ()) -> DataFile:
    return DataFile(file.path, keys, place="/".join((*file.folders, file.path.name)))


@lru_cache(100_000)
def _keys(folders: tuple[str, ...]) -> PartitionKeys:
    pairs = (folder.partition("=") for folder in folders if is_partition(folder))
    return tuple((unquote(key), None if value == _HIVE_NULL else unquote(value)) for key, _, value in pairs)


def _told_apart(sets: Sequence[FileSet]) -> Iterator[FileSet]:
    """Give the whole file name to files that differ in suffix only."""
    count = Counter((file_set.group, file_set.name) for file_set in sets)
    for file_set in sets:
        if count[file_set.group, file_set.name] == 1:
            yield file_set
        else:
            yield _with_whole_name(file_set)


def _with_whole_name(file_set: FileSet) -> FileSet:
    path = file_set.files[0].path
    if file_set.format in DATABASES:
        group = "/".join((*file_set.group.split("/")[:-1], path.name))
        return replace(file_set, group=group)
    if len(file_set.files) > 1 or file_set.files[0].keys:
        return file_set
    return replace(file_set, name=path.name)
