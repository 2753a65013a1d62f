"""Passwords from the key store of the system, so that no file and no command line holds them."""

from __future__ import annotations

import re
from urllib.parse import quote

from connectors._errors import DriverMissing, SourceUnreachable

_REFERENCE = re.compile(r"keyring:(?P<service>.+)/(?P<user>[^/]+)")
_LOGIN = re.compile(r"(?P<scheme>[A-Za-z][\w+.-]*://)(?:(?P<user>[^:/@?]*)(?P<password>:[^/@?]*)?@)?")


def with_password(url: str, reference: str) -> str:
    """Return a URL with the password that ``keyring:SERVICE/USER`` names; its own user, if any, stays.

    Raises:
        DriverMissing: The extra ``keyring`` is not installed.
        SourceUnreachable: The reference or the URL is not understood, or the key store has no such password.
    """
    found, login = _REFERENCE.fullmatch(reference), _LOGIN.match(url)
    if found is None:
        raise SourceUnreachable("password_from: write keyring:SERVICE/USER, such as keyring:crm/scanner.")
    if login is None or login["password"]:
        raise SourceUnreachable(f"password_from {reference}: the URL has to have a scheme and no password.")
    password = _from_keyring(found["service"], found["user"])
    user = login["user"] or quote(found["user"], safe="")
    return f"{login['scheme']}{user}:{quote(password, safe='')}@{url[login.end() :]}"


def _from_keyring(service: str, user: str) -> str:
    try:
        import keyring  # noqa: PLC0415 -- an extra
        from keyring.errors import KeyringError  # noqa: PLC0415 -- an extra
    except ImportError:
        raise DriverMissing(
            "Passwords from the key store need the extra 'keyring'. Run: pip install 'pandian[keyring]'"
        ) from None
    try:
        password: str | None = keyring.get_password(service, user)
    except KeyringError as error:
        raise SourceUnreachable(
            f"keyring:{service}/{user}: the key store does not open ({type(error).__name__}). "
            "See what there is: keyring diagnose"
        ) from None
    if password is None:
        raise SourceUnreachable(
            f"keyring:{service}/{user}: not in the key store. Put it there: keyring set '{service}' '{user}'"
        )
    return password
