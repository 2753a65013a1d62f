"""Chooses what reads the files behind a URL: Arrow for object stores and HDFS, fsspec for everything else."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode

import pyarrow.fs as pafs

from connectors._errors import DriverMissing, SourceUnreachable
from connectors._storage import Stored
from connectors._storage.fsspec import FSSPEC_SCHEMES, open_fsspec
from connectors._storage.remote import RemoteStorage
from connectors._storage.s3 import open_s3

_S3 = frozenset({"s3", "s3a", "s3n"})
_HADOOP = frozenset({"hdfs", "viewfs"})
_ARROW = _HADOOP | frozenset({"gs", "gcs", "abfs", "abfss"})
_MAGIC = re.compile(r"[*\[]")
# Else Google's library goes on for a quarter of an hour.
_PATIENCE = dict.fromkeys(("gs", "gcs"), (("retry_limit_seconds", "30"),))
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
    return scheme in _S3 | _ARROW | FSSPEC_SCHEMES or ("::" in url and "://" in url)


def open_store(url: str) -> Stored:
    """Return the file, folder or pattern that a URL names.

    Credentials come from the environment, the profile of the user or of the machine, or the URL.

    Raises:
        DriverMissing: What speaks to this store is not installed.
        SourceUnreachable: The URL is not understood, or the store does not open.
    """
    found = _URL.fullmatch(url)
    scheme = found["scheme"].lower() if found else ""
    if found is None or "::" in url or scheme in FSSPEC_SCHEMES:
        return open_fsspec(url)
    if scheme in _S3:
        return open_s3(found["path"], found["login"] or "", found["query"] or "")
    return _open_arrow(scheme, found["login"] or "", found["path"], found["query"] or "")


def _open_arrow(scheme: str, login: str, path: str, query: str) -> Stored:
    # A pattern is no valid URL: only what is in front of it is one.
    wild = _MAGIC.search(path)
    fixed = path[: path.rfind("/", 0, wild.start())] if wild else path
    options = [*parse_qsl(query), *_PATIENCE.get(scheme, ())]
    url = (
        f"{scheme}://{login}{'@' if login else ''}{quote(fixed)}{'?' if options else ''}{urlencode(options)}"
    )
    try:
        files, place = pafs.FileSystem.from_uri(url)
    except (OSError, ValueError) as error:
        if scheme in _HADOOP:
            raise DriverMissing(_HADOOP_MISSING) from None
        raise SourceUnreachable(f"{scheme}://{path}: does not open ({type(error).__name__}).") from None
    return Stored(RemoteStorage(files, f"{scheme}://"), f"{place}{path.removeprefix(fixed)}".rstrip("/"))
