"""The interface of oVirt's Python SDK for version 4 of the API, so that programs written for that run as they are.

Unlike the original it needs no compiled library. New programs find more comfort in the package ``overt``.
"""

from __future__ import annotations

from typing import Any, Iterable

from ovirtsdk4 import version

__version__ = version.VERSION
__all__ = [
    "AuthError",
    "Connection",
    "ConnectionBuilder",
    "ConnectionError",
    "Error",
    "List",
    "NotFoundError",
    "Struct",
    "TimeoutError",
]


class Error(Exception):
    """What the server refused, or what went wrong on the way to it.

    ``code`` is the status of the answer, ``fault`` the :class:`types.Fault` that came with it.
    """

    def __init__(self, message: str, code: int | None = None, fault: Any = None) -> None:
        super().__init__(message)
        self.code = code
        self.fault = fault


class AuthError(Error):
    """The user is not known, or may not do this."""


class ConnectionError(Error):
    """The server cannot be reached."""


class NotFoundError(Error):
    """There is no such object."""


class TimeoutError(ConnectionError):
    """The server did not answer in time."""


class Struct:
    """What has members and, perhaps, an address."""

    def __init__(self) -> None:
        self._href: str | None = None

    @property
    def href(self) -> str | None:
        return self._href

    @href.setter
    def href(self, value: str | None) -> None:
        self._href = value


class List(list):  # type: ignore[type-arg]
    """A list that has an address."""

    def __init__(self, iterable: Iterable[Any] = (), href: str | None = None) -> None:
        super().__init__(iterable)
        self._href = href

    @property
    def href(self) -> str | None:
        return self._href

    @href.setter
    def href(self, value: str | None) -> None:
        self._href = value


# Below what they need themselves.
from ovirtsdk4.connection import Connection, ConnectionBuilder  # noqa: E402
