"""Requests over connections that are kept, and the bearer token that they carry."""

from __future__ import annotations

import http.client
import json
import ssl
import threading
from dataclasses import dataclass, field
from typing import Any, Mapping
from urllib.parse import quote, urlencode, urlsplit


class TransportError(Exception):
    """No answer: the server cannot be reached, or broke off, or is not who it should be."""


class TransportTimeout(TransportError):
    """No answer in time."""


class LoginError(Exception):
    """The single sign-on gave no token."""


@dataclass
class Response:
    """An answer.

    Headers have names in lower case.
    """

    status: int
    reason: str
    headers: dict[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Settings:
    """Where the API is and how to get in."""

    url: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    insecure: bool = False
    ca_file: str | None = None
    ca_data: str | None = None
    cert_file: str | None = None
    key_file: str | None = None
    timeout: float | None = None
    sso_url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Transport:
    """Sends requests to one server. Threads may share it; each has a connection of its own."""

    def __init__(self, settings: Settings) -> None:
        parts = urlsplit(settings.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"The url is '{settings.url}', expected http[s]://host[:port]/ovirt-engine/api")
        self._settings = settings
        self._scheme = parts.scheme
        self._host = parts.hostname
        self._port = parts.port
        self.prefix = parts.path.rstrip("/")
        self._tls = self._tls_context() if parts.scheme == "https" else None
        self._connections = threading.local()
        self._all: list[http.client.HTTPConnection] = []
        self._lock = threading.Lock()
        self._token = settings.token

    def _tls_context(self) -> ssl.SSLContext:
        settings = self._settings
        if settings.insecure:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        else:
            context = ssl.create_default_context(cafile=settings.ca_file, cadata=settings.ca_data)
        if settings.cert_file is not None:
            context.load_cert_chain(settings.cert_file, settings.key_file)
        return context

    def _connection(self, fresh: bool) -> http.client.HTTPConnection:
        known: http.client.HTTPConnection | None = getattr(self._connections, "one", None)
        if known is not None and not fresh:
            return known
        if known is not None:
            known.close()
        timeout = self._settings.timeout
        connection: http.client.HTTPConnection
        if self._tls is not None:
            connection = http.client.HTTPSConnection(self._host, self._port, timeout=timeout, context=self._tls)
        else:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=timeout)
        with self._lock:
            if known in self._all:
                self._all.remove(known)
            self._all.append(connection)
        self._connections.one = connection
        return connection

    def exchange(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None
    ) -> Response:
        """Sends a request as it is. One that found its kept connection closed is sent again."""
        fresh = getattr(self._connections, "one", None) is None
        while True:
            connection = self._connection(fresh)
            try:
                connection.request(method, path, body=body, headers=dict(headers))
                answer = connection.getresponse()
                content = answer.read()
            except TimeoutError as e:
                connection.close()
                raise TransportTimeout(f"{self._host} gave no answer in {self._settings.timeout} s") from e
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError) as e:
                connection.close()
                if fresh:
                    raise TransportError(f"{self._host} ended the connection: {e}") from e
                fresh = True
                continue
            except (OSError, http.client.HTTPException) as e:
                connection.close()
                raise TransportError(f"Cannot talk to {self._scheme}://{self._host}: {e}") from e
            names = {name.lower(): value for name, value in answer.getheaders()}
            return Response(answer.status, answer.reason, names, content)

    def request(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Response:
        """A request below the API, with a token; one that has expired is replaced once."""
        target = self.prefix + "/" + path.lstrip("/") if path else self.prefix
        if query:
            target += "?" + urlencode(query)
        renewable = self._settings.token is None and self._settings.username is not None
        while True:
            token = self.token()
            all_headers = {
                "Accept": "application/xml",
                "Version": "4",
                **self._settings.headers,
                **(headers or {}),
            }
            if body is not None:
                all_headers.setdefault("Content-Type", "application/xml")
            if token:
                all_headers["Authorization"] = "Bearer " + token
            answer = self.exchange(method, target, all_headers, body)
            if answer.status != 401 or not renewable:
                return answer
            renewable = False
            with self._lock:
                if self._token == token:
                    self._token = None

    def token(self) -> str | None:
        """The token, asked for when there is none."""
        settings = self._settings
        if self._token is None and settings.username is not None:
            with self._lock:
                known = self._token
            if known is None:
                known = self._login(settings.username, settings.password or "")
                with self._lock:
                    self._token = known
        return self._token

    def _sso(self) -> str:
        if self._settings.sso_url:
            return urlsplit(self._settings.sso_url).path
        base = "/" + self.prefix.lstrip("/").split("/", 1)[0]
        return (base if base != "/api" else "/ovirt-engine") + "/sso/oauth/token"

    def _login(self, username: str, password: str) -> str:
        form = {
            "grant_type": "password",
            "scope": "ovirt-app-api",
            "username": username,
            "password": password,
        }
        answer = self._post_form(self._sso(), form)
        content = _json(answer)
        if "error" in content or "error_code" in content:
            code = content.get("error_code", content.get("error"))
            raise LoginError(f"Error during SSO authentication {code} : {content.get('error', '')}")
        token = content.get("access_token")
        if not isinstance(token, str):
            raise LoginError(f"The single sign-on answered {answer.status} {answer.reason} without a token")
        return token

    def _post_form(self, path: str, form: Mapping[str, str]) -> Response:
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        return self.exchange("POST", path, headers, urlencode(form).encode())

    def logout(self) -> None:
        """Gives back a token that was asked for here."""
        token, self._token = self._token, self._settings.token
        if token is None or token == self._settings.token:
            return
        base = self._sso().rsplit("/sso/", 1)[0]
        self._post_form(base + "/services/sso-logout", {"scope": "ovirt-app-api", "token": token})

    def close(self) -> None:
        with self._lock:
            connections, self._all = self._all, []
        for connection in connections:
            connection.close()
        self._connections = threading.local()


def _json(answer: Response) -> dict[str, Any]:
    try:
        content = json.loads(answer.body or b"{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def segment(text: str) -> str:
    """A part of a path."""
    return quote(text, safe="")
