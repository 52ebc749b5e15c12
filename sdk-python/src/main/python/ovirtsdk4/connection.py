"""Connections to an engine."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Callable, Mapping

import ovirtsdk4
from overt import _http, _xml
from overt._http import LoginError, Settings, Transport, TransportError, TransportTimeout


class Connection:
    """A connection to an engine: the place where the services begin.

    It may be shared by threads and can be used in a ``with`` statement.

    :param url: ``https://HOST[:PORT]/ovirt-engine/api``
    :param username: ``user@profile``, such as ``admin@internal``
    :param token: a token of the single sign-on, instead of user and password
    :param insecure: accept whatever certificate the server has
    :param ca_file: PEM file with the authorities to trust
    :param ca_data: the same, as text
    :param timeout: seconds to wait for an answer; 0 for ever
    :param headers: sent with every request
    :param connections: how many requests made with ``wait=False`` are under way at a time
    """

    def __init__(
        self,
        url: str | None = None,
        username: str | None = None,
        password: str | None = None,
        token: str | None = None,
        insecure: bool = False,
        ca_file: str | None = None,
        ca_data: str | None = None,
        debug: bool = False,
        log: logging.Logger | None = None,
        kerberos: bool = False,
        timeout: float = 0,
        compress: bool = True,
        sso_url: str | None = None,
        sso_revoke_url: str | None = None,
        sso_token_name: str = "access_token",
        headers: Mapping[str, Any] | None = None,
        connections: int = 1,
        pipeline: int = 0,
        connect_timeout: float | None = None,
    ) -> None:
        if not url:
            raise ovirtsdk4.Error("The 'url' parameter is mandatory")
        if kerberos:
            raise ovirtsdk4.Error("The 'kerberos' parameter is not supported; use a user and password, or a token")
        self._url = url
        self._log = log if debug else None
        try:
            self._transport = Transport(
                Settings(
                    url=url,
                    username=None if token else username,
                    password=password,
                    token=token,
                    insecure=insecure,
                    ca_file=ca_file,
                    ca_data=ca_data,
                    timeout=timeout or None,
                    sso_url=sso_url,
                    headers={name: _xml.text_of(value) for name, value in (headers or {}).items()},
                )
            )
        except (ValueError, OSError) as e:
            raise ovirtsdk4.Error(str(e)) from e
        self._parallel = max(1, connections)
        self._pool: ThreadPoolExecutor | None = None

    @property
    def url(self) -> str:
        return self._url

    def _guarded(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except TransportTimeout as e:
            raise ovirtsdk4.TimeoutError(str(e)) from e
        except TransportError as e:
            raise ovirtsdk4.ConnectionError(str(e)) from e
        except LoginError as e:
            raise ovirtsdk4.AuthError(str(e)) from e

    def _request(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes | None
    ) -> _http.Response:
        answer: _http.Response = self._guarded(
            lambda: self._transport.request(method, path, query, headers, body)
        )
        if self._log is not None:
            self._log.debug("%s %s: %d %s", method, path, answer.status, answer.reason)
        return answer

    def _later(self, work: Callable[[], Any]) -> Future[Any]:
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._parallel, thread_name_prefix="ovirtsdk4")
        return self._pool.submit(work)

    def authenticate(self) -> str | None:
        """Makes sure that there is a token, and returns it."""
        token: str | None = self._guarded(self._transport.token)
        return token

    def system_service(self) -> Any:
        """The service that all others are reached from."""
        from ovirtsdk4 import services

        return services._service_class("system")(self, "")

    def service(self, path: str) -> Any:
        """The service at a path, such as ``vms/123/nics``."""
        return self.system_service().service(path)

    def follow_link(self, obj: Any) -> Any:
        """Reads the object or the list that a reference leads to."""
        href = getattr(obj, "href", None)
        if href is None:
            raise ovirtsdk4.Error("Can't follow link because the 'href' attribute doesn't have a value")
        prefix = self._transport.prefix + "/"
        if not href.startswith(prefix):
            raise ovirtsdk4.Error(f"The URL '{href}' isn't compatible with the base URL of the connection")
        path, _, query = href[len(prefix) :].partition("?")
        service = self.service(path)
        if isinstance(obj, ovirtsdk4.List):
            return service.list(query=dict(part.partition("=")[::2] for part in query.split("&") if part))
        return service.get()

    def is_link(self, obj: Any) -> bool:
        """Whether an object is a reference and nothing more."""
        if isinstance(obj, ovirtsdk4.List):
            return obj.href is not None and not obj
        return obj.href is not None and all(
            value is None for name, value in vars(obj).items() if name not in ("_href", "_id")
        )

    def test(self, raise_exception: bool = False) -> bool:
        """Whether the server answers a request of this user."""
        try:
            self.system_service().get()
            return True
        except ovirtsdk4.Error:
            if raise_exception:
                raise
            return False

    def close(self, logout: bool = True) -> None:
        if self._pool is not None:
            self._pool.shutdown()
        if logout:
            self._guarded(self._transport.logout)
        self._transport.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()


class ConnectionBuilder:
    """Collects the parameters of connections."""

    def __init__(self, **parameters: Any) -> None:
        self._parameters = parameters

    def build(self) -> Connection:
        return Connection(**self._parameters)

    def __getattr__(self, name: str) -> Callable[[Any], ConnectionBuilder]:
        if name.startswith("_"):
            raise AttributeError(name)

        def set_parameter(value: Any) -> ConnectionBuilder:
            self._parameters[name] = value
            return self

        return set_parameter
