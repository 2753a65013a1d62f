"""POST of JSON: no redirects, which could carry a token elsewhere, and no waiting without end."""

from __future__ import annotations

import http.client
import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, Protocol

from scanner.notify.errors import NotSent, TryLater

TIMEOUT = 15.0  # seconds
_MOST_ANSWERED = 65_536  # bytes
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """What is posted; ``url`` and ``headers`` hold secrets."""

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class Post(Protocol):
    """Posts a request and returns the body of the answer, or raises ``NotSent``."""

    def __call__(self, request: HttpRequest, ca_file: str | None) -> bytes: ...


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any, **_more: Any) -> None:
        return None


def json_request(
    url: str, content: Mapping[str, Any], headers: Mapping[str, str] | None = None
) -> HttpRequest:
    """Return the request that posts ``content``."""
    body = json.dumps(content, ensure_ascii=False).encode()
    usual = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"pandian/{version('pandian')}"}
    return HttpRequest(url, body, {**usual, **(headers or {})})


def post(request: HttpRequest, ca_file: str | None) -> bytes:
    """Post and return the body of the answer.

    Raises:
        TryLater: The receiver did not answer, or is busy.
        NotSent: It refused.
    """
    try:
        handler = urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=ca_file))
        asked = urllib.request.Request(request.url, request.body, dict(request.headers), method="POST")  # noqa: S310
        with urllib.request.build_opener(_Stay, handler).open(asked, timeout=TIMEOUT) as answer:
            return bytes(answer.read(_MOST_ANSWERED))
    except urllib.error.HTTPError as error:
        error.close()
        raise (TryLater if error.code in _LATER else NotSent)(f"answered HTTP {error.code}") from None
    except ssl.SSLCertVerificationError:
        raise NotSent("its certificate is not trusted; name the authority as 'ca_file'") from None
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, ssl.SSLCertVerificationError):
            raise NotSent("its certificate is not trusted; name the authority as 'ca_file'") from None
        raise TryLater(f"could not be reached ({type(reason).__name__})") from None
    except ValueError:
        raise NotSent("its address cannot be used") from None


def answered(body: bytes) -> Mapping[str, Any]:
    """Return the JSON object of an answer; nothing if it is none."""
    try:
        content = json.loads(body)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}
