"""Requests of version 3, in a session that the server keeps."""

from __future__ import annotations

import base64
import threading
import xml.etree.ElementTree as ET
from http.cookies import SimpleCookie
from typing import Any, Mapping, Protocol
from urllib.parse import quote, quote_plus

from overt import _http
from overt._http import Settings, Transport, TransportError
from ovirtsdk.infrastructure.errors import (
    ConnectionError,
    DisconnectedError,
    FormatError,
    RequestError,
    UnsecuredConnectionAttemptError,
)
from ovirtsdk.xml import params


class Dialect(Protocol):
    """How a server is spoken to."""

    version: str

    def call(self, session: Session, call: Call) -> Any:
        """The object that the server answers, None for none."""


class Call:
    """A request in terms of version 3.

    ``expects`` names the type of the answer, ``body`` is an object of :mod:`ovirtsdk.xml.params`.
    """

    def __init__(
        self,
        method: str,
        path: str,
        expects: str,
        body: Any = None,
        matrix: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, Any] | None = None,
    ) -> None:
        self.method = method
        self.path = path
        self.expects = expects
        self.body = body
        self.matrix = dict(matrix or {})
        self.query = dict(query or {})
        self.headers = dict(headers or {})


class Version3:
    """Servers that speak version 3."""

    version = "3"

    def call(self, session: Session, call: Call) -> Any:
        body = None if call.body is None else params.to_xml(call.body)
        root = session.document(call.method, call.path, call.matrix, call.query, body, call.headers)
        return None if root is None else params.from_element(root, call.expects)


class Session:
    """A user at a server.

    Threads may share it: each has a connection of its own, and all of them one session of the server.
    """

    def __init__(
        self,
        settings: Settings,
        username: str | None,
        password: str | None,
        persistent: bool,
        renew: bool,
        filtered: bool,
        minutes: int | None,
    ) -> None:
        try:
            self._transport = Transport(settings)
        except (ValueError, OSError) as e:
            raise ConnectionError(e) from e
        self.persistent = persistent
        self.renew = renew
        self.filtered = filtered
        self._minutes = minutes
        self._cookie: str | None = None
        self._lock = threading.Lock()
        self._closed = False
        self.dialect: Dialect = Version3()
        self._basic: str | None = None
        if username is not None:
            self._basic = base64.b64encode(f"{username}:{password or ''}".encode()).decode()

    def _headers(self, last: bool, cookie: str | None) -> dict[str, str]:
        headers = {"Version": self.dialect.version, "Accept": "application/xml"}
        if self.filtered:
            headers["Filter"] = "true"
        if self.persistent and not last:
            headers["Prefer"] = "persistent-auth"
            if self._minutes is not None:
                headers["Session-TTL"] = str(self._minutes)
        if cookie is not None:
            headers["Cookie"] = cookie
        elif self._basic is not None:
            headers["Authorization"] = "Basic " + self._basic
        return headers

    def request(
        self,
        method: str,
        path: str,
        matrix: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, Any] | None = None,
        last: bool = False,
    ) -> bytes:
        """The document that the server answers; empty for none.

        :raises RequestError: when the server refuses
        :raises ConnectionError: when it cannot be reached
        """
        if self._closed:
            raise DisconnectedError()
        target = self._transport.prefix + path + _matrix(matrix or {}) + _query(query or {})
        extra = {name: str(value) for name, value in (headers or {}).items() if value is not None}
        if body is not None:
            extra["Content-Type"] = "application/xml"
        if "Expect" in extra:
            extra["X-Ovirt-Expect"] = extra["Expect"]
        while True:
            with self._lock:
                cookie = self._cookie
            try:
                answer = self._transport.exchange(method, target, {**self._headers(last, cookie), **extra}, body)
            except TransportError as e:
                raise ConnectionError(e) from e
            if answer.status != 401 or cookie is None or not self.renew:
                break
            with self._lock:
                if self._cookie == cookie:
                    self._cookie = None
        self._remember(answer)
        if answer.status >= 400:
            raise RequestError(answer.status, answer.reason, answer.body.decode("utf-8", "replace"))
        if 300 <= answer.status and not answer.body:
            raise UnsecuredConnectionAttemptError()
        return answer.body

    def call(self, call: Call) -> Any:
        """The object that the server answers, None for none."""
        return self.dialect.call(self, call)

    def document(
        self,
        method: str,
        path: str,
        matrix: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        body: bytes | None = None,
        headers: Mapping[str, Any] | None = None,
    ) -> ET.Element | None:
        """The root of the document that the server answers."""
        document = self.request(method, path, matrix, query, body, headers)
        try:
            return ET.fromstring(document) if document.strip() else None
        except ET.ParseError as e:
            raise FormatError() from e

    def _remember(self, answer: _http.Response) -> None:
        given = answer.headers.get("set-cookie")
        if given is None or not self.persistent:
            return
        cookies: SimpleCookie[str] = SimpleCookie(given)
        if "JSESSIONID" in cookies and cookies["JSESSIONID"].value:
            with self._lock:
                self._cookie = "JSESSIONID=" + cookies["JSESSIONID"].value

    def close(self) -> None:
        if self._closed:
            raise DisconnectedError()
        try:
            if self.persistent:
                # A request that does not ask for it to be kept ends the session.
                self.request("GET", "", last=True)
        except (RequestError, ConnectionError):
            # It ends by itself.
            pass
        finally:
            self.drop()

    def drop(self) -> None:
        """Closes the connections alone."""
        self._closed = True
        self._transport.close()


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _matrix(parameters: Mapping[str, Any]) -> str:
    return "".join(
        f";{name}={quote(_text(value), safe='')}" for name, value in parameters.items() if value is not None
    )


def _query(parameters: Mapping[str, Any]) -> str:
    parts = [f"{name}={quote_plus(_text(value))}" for name, value in parameters.items() if value is not None]
    return "?" + "&".join(parts) if parts else ""
