"""Files behind any URL that fsspec knows: archives, SFTP, WebDAV, OSS by its own protocol, and so on."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.fs as pafs

from connectors._errors import DriverMissing, SourceUnreachable
from connectors._storage import Stored
from connectors._storage.remote import RemoteStorage

# Schemes that are known to be fsspec's before it is imported.
FSSPEC_SCHEMES = frozenset(
    "adl az box cos dbfs dropbox dvc ftp gdrive git github hf http https lakefs libarchive local memory obs "
    "oci oss sftp smb ssh tar tos tosfs webdav webhdfs zip".split()
)
# What tells that content changed, as the file systems of fsspec call it.
_MARKS = (
    "ETag etag e_tag md5 md5Hash content_md5 checksum crc32c CRC hex version_id VersionId generation "
    "mtime LastModified last_modified updated modified created modificationTime date_time".split()
)
Made = TypeVar("Made")


def open_fsspec(url: str) -> Stored:
    """Return the file, folder or pattern of a URL, perhaps a chained one such as ``zip://*.csv::sftp://host/a.zip``.

    Raises:
        DriverMissing: fsspec, or what it needs for this URL, is not installed.
        SourceUnreachable: It does not open.
    """
    scheme = url.partition("://")[0]
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 -- an extra
    except ImportError:
        raise DriverMissing(
            f"URLs of {scheme}:// need the extra 'fsspec'. Run: pip install 'pandian[fsspec]'"
        ) from None
    try:
        files, path = url_to_fs(url)
    except ImportError as error:
        raise DriverMissing(f"fsspec needs a package for {scheme}://. {_advice(error)}") from None
    except Exception as error:  # noqa: BLE001 -- file systems have errors of many roots, which may quote the URL
        raise SourceUnreachable(f"{without_login(url)}: does not open ({type(error).__name__}).") from None
    return Stored(_FsspecStorage(files, f"{scheme}://"), str(path).rstrip("/") or str(path))


def without_login(url: str) -> str:
    """Return a URL, perhaps a chained one, without users, passwords and options.

    >>> without_login("zip://*.csv::sftp://me:pw@host/a.zip?x=1")
    'zip://*.csv::sftp://host/a.zip'
    """
    plain = []
    for link in url.split("::"):
        scheme, mark, rest = link.partition("?")[0].partition("://")
        host, slash, path = rest.partition("/")
        plain.append(f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}")
    return "::".join(plain)


def _advice(error: ImportError) -> str:
    words = str(error)
    return words if len(words) < 200 and "://" not in words else f"It is called {error.name}."


class _FsspecStorage(RemoteStorage):
    """A file system of fsspec."""

    def __init__(self, files: Any, prefix: str) -> None:
        wrapped = pafs.PyFileSystem(_Handler(files))  # type: ignore[abstract]  # the stubs lag behind
        super().__init__(wrapped, prefix)
        self._fsspec = files

    def stamp(self, path: str) -> str:
        """Return size and what else tells that the content changed."""
        told = _guarded(lambda: self._info(path))
        marks = [f"{told[name]}" for name in _MARKS if told.get(name) is not None]
        return f"{told.get('size')}@{' '.join(marks)}" if marks else ""

    def _info(self, path: str) -> dict[str, Any]:
        self._fsspec.invalidate_cache()
        try:
            found: dict[str, Any] = self._fsspec.info(path)
        except FileNotFoundError:
            return {}
        return found


class _Handler(pafs.FSSpecHandler):
    """Hands files to Arrow, and turns what their libraries raise into errors that quote nothing."""

    def get_file_info(self, paths: Any) -> Any:
        return _guarded(lambda: super(_Handler, self).get_file_info(paths))

    def get_file_info_selector(self, selector: pafs.FileSelector) -> Any:
        return _guarded(lambda: super(_Handler, self).get_file_info_selector(selector))

    def open_input_file(self, path: str) -> pa.PythonFile:
        files: Any = self.fs
        return pa.PythonFile(_Guarded(_guarded(lambda: files.open(path, mode="rb"))), mode="r")


class _Guarded(io.RawIOBase):
    """A file whose errors quote nothing."""

    def __init__(self, file: Any) -> None:
        super().__init__()
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._file.seekable())

    def read(self, size: int | None = -1) -> bytes:
        return _guarded(lambda: bytes(self._file.read(-1 if size is None else size)))

    def seek(self, offset: int, whence: int = 0) -> int:
        return _guarded(lambda: int(self._file.seek(offset, whence)))

    def tell(self) -> int:
        return int(self._file.tell())

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _guarded(work: Callable[[], Made]) -> Made:
    try:
        return work()
    except FileNotFoundError:
        raise FileNotFoundError from None
    except PermissionError:
        raise PermissionError from None
    except Exception as error:  # noqa: BLE001 -- file systems have errors of many roots
        raise OSError(type(error).__name__) from None
