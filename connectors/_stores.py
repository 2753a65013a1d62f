"""Chooses what reads the files behind a URL: Arrow for object stores and HDFS, fsspec for everything else."""

from __future__ import annotations

import re

import pyarrow.fs as pafs

from connectors._errors import DriverMissing, SourceUnreachable
from connectors._fsspec import FSSPEC_SCHEMES, open_fsspec, without_login
from connectors._remote import RemoteStorage
from connectors._s3 import open_s3
from connectors._storage import Stored

_S3 = frozenset({"s3", "s3a", "s3n"})
_HADOOP = frozenset({"hdfs", "viewfs"})
_ARROW = _HADOOP | frozenset({"gs", "gcs", "abfs", "abfss"})
_MAGIC = re.compile(r"[*?\[]")
_URL = re.compile(
    r"(?P<scheme>[A-Za-z][\w+.-]*)://(?:(?P<login>[^/@]*)@)?(?P<path>[^?]*)(?:\?(?P<query>.*))?"
)

_HADOOP_MISSING = (
    "HDFS is read through Hadoop's own library: install Java and Hadoop, and set JAVA_HOME, HADOOP_HOME and "
    "CLASSPATH=$($HADOOP_HOME/bin/hadoop classpath --glob). Without Java: webhdfs://HOST:PORT/PATH."
)


def is_store(url: str) -> bool:
    """Return whether a URL names files in a store.

    >>> is_store("s3://bucket/x"), is_store("zip://*.csv::/data/x.zip"), is_store("mysql://host/db")
    (True, True, False)
    """
    found = _URL.match(url)
    scheme = found["scheme"].lower() if found else ""
    return scheme in _S3 | _ARROW | FSSPEC_SCHEMES or (bool(scheme) and "::" in url)


def open_store(url: str) -> Stored:
    """Return the file, folder or pattern that a URL names.

    Credentials come from the environment, the profile of the user or of the machine, or the URL.

    Raises:
        DriverMissing: What speaks to this store is not installed.
        SourceUnreachable: The URL is not understood, or the store does not open.
    """
    found = _URL.fullmatch(url)
    if not found:
        raise SourceUnreachable(f"{without_login(url)}: not understood as a URL.")
    scheme = found["scheme"].lower()
    if "::" in url or scheme in FSSPEC_SCHEMES:
        return open_fsspec(url)
    if scheme in _S3:
        return open_s3(found["path"], found["login"] or "", found["query"] or "")
    return _open_arrow(url, scheme)


def _open_arrow(url: str, scheme: str) -> Stored:
    # A pattern is no valid URL: only what is in front of it is one.
    wild = _MAGIC.search(url)
    fixed = url[: url.rfind("/", 0, wild.start())] if wild else url
    try:
        files, path = pafs.FileSystem.from_uri(fixed)
    except (OSError, ValueError) as error:
        if scheme in _HADOOP:
            raise DriverMissing(_HADOOP_MISSING) from None
        raise SourceUnreachable(f"{without_login(url)}: does not open ({type(error).__name__}).") from None
    return Stored(RemoteStorage(files, f"{scheme}://"), f"{path}{url.removeprefix(fixed)}".rstrip("/"))
