"""Files below a folder, or those that a pattern means. Only names and the first bytes of files are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from glob import has_magic

from connectors._files.formats import LAKE, Format, folder_format, format_of, formats_of
from connectors._storage import Entry, Listing, Stored


@dataclass(frozen=True, slots=True)
class Found:
    """A file, or a folder that is one table or may not be listed.

    Attributes:
        folders: Names of the folders between the root of the source and the file.
    """

    path: Stored
    folders: tuple[str, ...]
    format: Format


def files_below(listing: Listing, folder: Stored) -> list[Found]:
    """Return the files below a folder, by folder and name."""
    return sorted(_walk(listing, folder, (), {folder.real()}), key=_order)


def files_meant(pattern_of_paths: Stored) -> tuple[Stored, list[Found]]:
    """Return the files that a pattern means, and the folder in front of it."""
    root, pattern = _fixed_part(pattern_of_paths)
    found: dict[str, Found] = {}
    for hit, folders in _matching(root, pattern, ()):
        below = [] if hit.is_folder else [Found(hit.stored, folders[:-1], format_of(hit.stored))]
        for file in below or _at_or_below(hit.stored, folders):
            found[file.path.path] = file
    return root, sorted(found.values(), key=_order)


def _fixed_part(location: Stored) -> tuple[Stored, tuple[str, ...]]:
    """Return the folder in front of a pattern, and the pattern by folders."""
    parts = location.path.split("/")
    first = next(position for position, part in enumerate(parts) if has_magic(part))
    return Stored(location.storage, "/".join(parts[:first]) or "/"), tuple(filter(None, parts[first:]))


def _matching(
    folder: Stored, pattern: tuple[str, ...], folders: tuple[str, ...]
) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    """Yield what a pattern means, with its path below the first folder; ``**`` is any number of folders."""
    first, *rest = pattern
    try:
        entries = folder.storage.entries(folder)
    except PermissionError:
        if not folders:
            raise
        yield Entry(folder, is_folder=True), folders
        return
    if first == "**" and rest:
        yield from _matching(folder, tuple(rest), folders)
    for entry in sorted(entries, key=lambda entry: entry.stored.path):
        inside = (*folders, entry.stored.name)
        if _is_ignored(entry.stored.name) or not (first == "**" or fnmatchcase(entry.stored.name, first)):
            continue
        if first == "**" and entry.is_folder:
            yield from _matching(entry.stored, pattern, inside)
        elif entry.is_folder and rest:
            yield from _matching(entry.stored, tuple(rest), inside)
        elif not rest:
            yield entry, inside


def _at_or_below(folder: Stored, folders: tuple[str, ...]) -> Iterator[Found]:
    listing = folder.storage.listing(folder)
    if (kind := folder_format(listing, folder)) in LAKE:
        yield Found(folder, folders[:-1], kind)
    elif kind is Format.LOCKED:
        yield _locked(folder, folders[:-1])
    else:
        yield from _walk(listing, folder, folders, {folder.real()})


def _order(found: Found) -> tuple[tuple[str, ...], str]:
    return found.folders, found.path.name


def _walk(listing: Listing, folder: Stored, folders: tuple[str, ...], seen: set[str]) -> Iterator[Found]:
    """Yield files below a folder; a link back to a folder above is not followed twice."""
    kept = [entry for entry in listing.entries(folder) if not _is_ignored(entry.stored.name)]
    files = [entry.stored for entry in kept if not entry.is_folder]
    yield from (Found(file, folders, kind) for file, kind in zip(files, formats_of(files), strict=True))
    for entry in kept:
        if not entry.is_folder:
            continue
        if (kind := folder_format(listing, entry.stored)) in LAKE:
            yield Found(entry.stored, folders, kind)
        elif kind is Format.LOCKED:
            yield _locked(entry.stored, folders)
        elif (real := entry.stored.real()) not in seen:
            seen.add(real)
            yield from _walk(listing, entry.stored, (*folders, entry.stored.name), seen)


def _locked(folder: Stored, folders: tuple[str, ...]) -> Found:
    """Return a folder that may not be listed; one that is a partition is missing in its table."""
    return Found(folder, (*folders, folder.name) if is_partition(folder.name) else folders, Format.LOCKED)


def _is_ignored(name: str) -> bool:
    return name.startswith((".", "_", "~$")) or name.endswith(".crc")  # ~$: a workbook that is open


def is_partition(folder: str) -> bool:
    """Return whether a folder is called ``key=value``."""
    return folder.find("=") > 0
