"""S3, and what speaks like it: MinIO, OSS, COS, OBS."""

from __future__ import annotations

import os
from collections.abc import Mapping
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

import pyarrow.fs as pafs

from connectors._errors import SourceUnreachable
from connectors._storage import Stored
from connectors._storage.remote import RemoteStorage

_OPTIONS = (
    "anonymous", "endpoint_override", "force_virtual_addressing", "region", "scheme", "tls_ca_file_path",
)  # fmt: skip
_ENDPOINT_VARIABLES = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
_REGION_VARIABLES = ("AWS_REGION", "AWS_DEFAULT_REGION")
_PROFILE_KEYS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
_ATTEMPTS = 6  # of a request that a store refused for the moment, with growing pauses between them
_SECONDS = 30.0  # until a connection that does not answer is given up
# Stores that refuse a bucket in the path of a URL.
_BUCKET_IN_HOST = ("aliyuncs.com", "myqcloud.com", "myhuaweicloud.com")


def open_s3(path: str, login: str, query: str) -> Stored:
    """Return the bucket, folder or object of a URL.

    Args:
        path: Bucket and key; a key is taken as it stands, without decoding percent signs.
        login: ``key:secret``, percent-encoded, or nothing.
        query: Options as PyArrow spells them.

    Raises:
        SourceUnreachable: An option is not known.
    """
    options = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(set(options) - set(_OPTIONS)):
        raise SourceUnreachable(
            f"s3://{path}: unknown option {unknown[0]!r}. Known are: {', '.join(_OPTIONS)}."
        )
    account = _Account(path.partition("/")[0], login, options)
    return Stored(
        RemoteStorage(account.files(), "s3://", account.delta(), account.iceberg()), path.strip("/")
    )


class _Account:
    """What a store has to be told, in the words of each library. Holds credentials."""

    def __init__(self, bucket: str, login: str, options: Mapping[str, str]) -> None:
        self._key, _, self._secret = (unquote(part) for part in login.partition(":"))
        variables = (os.environ.get(name, "") for name in _ENDPOINT_VARIABLES)
        given = options.get("endpoint_override") or next(filter(None, variables), "")
        scheme, _, self._endpoint = given.rstrip("/").rpartition("://")
        self._scheme = options.get("scheme") or scheme or "https"
        self._anonymous = _is_true(options.get("anonymous", ""))
        self._certificates = options.get("tls_ca_file_path")
        host = self._endpoint.partition(":")[0]
        self._bucket_in_host = _is_true(options.get("force_virtual_addressing", "")) or host.endswith(
            _BUCKET_IN_HOST
        )
        self._region = options.get("region") or self._region_of(bucket)

    def files(self) -> pafs.S3FileSystem:
        options: dict[str, Any] = {"scheme": self._scheme, "tls_ca_file_path": self._certificates}
        return pafs.S3FileSystem(
            access_key=self._key or None,
            secret_key=self._secret or None,
            anonymous=self._anonymous,
            region=self._region,
            endpoint_override=self._endpoint or None,
            force_virtual_addressing=self._bucket_in_host,
            retry_strategy=pafs.AwsStandardS3RetryStrategy(max_attempts=_ATTEMPTS),
            request_timeout=_SECONDS,
            connect_timeout=_SECONDS,
            **options,
        )

    def delta(self) -> dict[str, str]:
        login = {"AWS_ACCESS_KEY_ID": self._key, "AWS_SECRET_ACCESS_KEY": self._secret}
        told = (login if self._key else _profile()) | {
            "AWS_ENDPOINT_URL": f"{self._scheme}://{self._endpoint}" if self._endpoint else "",
            "AWS_REGION": self._region or "",
            "AWS_ALLOW_HTTP": "true" if self._scheme == "http" else "",
            "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "true" if self._bucket_in_host else "",
            "AWS_SKIP_SIGNATURE": "true" if self._anonymous else "",
        }
        return {name: value for name, value in told.items() if value}

    def iceberg(self) -> dict[str, str]:
        told = {
            "s3.access-key-id": self._key,
            "s3.secret-access-key": self._secret,
            "s3.endpoint": f"{self._scheme}://{self._endpoint}" if self._endpoint else "",
            "s3.region": self._region or "",
            "s3.force-virtual-addressing": "true" if self._bucket_in_host else "false",
            "s3.anonymous": "true" if self._anonymous else "",
        }
        return {name: value for name, value in told.items() if value}

    def _region_of(self, bucket: str) -> str | None:
        """Ask Amazon where a bucket is, unless the user said it; other stores do not care."""
        if self._endpoint or any(name in os.environ for name in _REGION_VARIABLES):
            return None
        try:
            return pafs.resolve_s3_region(bucket)
        except (OSError, ValueError):
            return None


def _profile() -> dict[str, str]:
    """Return the keys of the user's profile, which the library of Delta tables does not look up itself."""
    if os.environ.get("AWS_ACCESS_KEY_ID"):
        return {}
    place = os.environ.get("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")
    profiles = ConfigParser(interpolation=None)
    try:
        profiles.read(Path(place).expanduser(), encoding="utf-8")
        found = profiles[os.environ.get("AWS_PROFILE", "default")]
    except (ConfigParserError, KeyError, UnicodeDecodeError):
        return {}
    return {name.upper(): found[name] for name in _PROFILE_KEYS if name in found}


def _is_true(text: str) -> bool:
    return text.lower() in {"1", "true", "yes"}
