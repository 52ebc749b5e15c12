"""The entry of the interface of version 3."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from overt._http import Settings
from ovirtsdk import _v3
from ovirtsdk.infrastructure import brokers
from ovirtsdk.infrastructure.errors import (
    DisconnectedError,
    ImmutableError,
    NoCertificatesError,
    OvirtSdkError,
    RequestError,
    UnsecuredConnectionAttemptError,
)
from ovirtsdk.infrastructure.session import Call, Session
from ovirtsdk.xml import params


class API:
    """A connection to an engine. Its attributes are the engine's collections: ``api.vms``, ``api.hosts``.

    It can be used in a ``with`` statement.

    :param url: ``http[s]://HOST[:PORT]/ovirt-engine/api``; without a path, ``/api`` is taken
    :param username: ``user@profile``, such as ``admin@internal``
    :param ca_file: PEM file with the authorities to trust
    :param key_file: PEM file with the key of a client's certificate, and ``cert_file`` the certificate
    :param port: when the url has none
    :param timeout: seconds to wait for an answer
    :param session_timeout: minutes without a request after which the server may end the session
    :param persistent_auth: let the server keep a session
    :param renew_session: begin another session when the server has ended this one
    :param insecure: accept whatever certificate the server has
    :param filter: see only what the user's own permissions show
    :raises RequestError: when the user may not come in
    :raises ConnectionError: when the server cannot be reached
    """

    def __init__(
        self,
        url: str,
        username: str | None = None,
        password: str | None = None,
        key_file: str | None = None,
        cert_file: str | None = None,
        ca_file: str | None = None,
        port: int | None = None,
        timeout: float | None = None,
        session_timeout: int | None = None,
        persistent_auth: bool = True,
        renew_session: bool = False,
        insecure: bool = False,
        validate_cert_chain: bool = True,
        filter: bool = False,
        debug: bool = False,
        kerberos: bool = False,
    ) -> None:
        if kerberos:
            raise OvirtSdkError("[ERROR]::kerberos is not supported; use username and password.")
        trusting = insecure or not validate_cert_chain
        if url.startswith("https:") and ca_file is None and not trusting:
            raise NoCertificatesError()
        session = Session(
            Settings(
                url=_full(url, port),
                insecure=trusting,
                ca_file=ca_file,
                cert_file=cert_file,
                key_file=key_file,
                timeout=timeout or None,
            ),
            username,
            password,
            persistent_auth,
            renew_session,
            filter,
            session_timeout,
        )
        self.__dict__["_session"] = session
        try:
            self.__dict__["_entry"] = self._enter()
        except BaseException:
            session.drop()
            raise

    def __getattr__(self, name: str) -> Any:
        place = None if name.startswith("_") else _v3.below("").get(name)
        if place is None:
            raise AttributeError(f"'API' has no attribute '{name}'")
        collection = brokers._collection_class(place.path)(self._session, place.path, None)
        self.__dict__[name] = collection
        return collection

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "id":
            raise ImmutableError(name)
        super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *_v3.below("")})

    @property
    def id(self) -> int:
        return id(self)

    def _enter(self) -> Any:
        """The root, and with it what the server speaks."""
        try:
            root = self._session.document("GET", "")
        except RequestError as e:
            if e.status not in (400, 501) or "ersion" not in str(e):
                raise
            root = None
        else:
            if root is None:
                raise UnsecuredConnectionAttemptError()
            if any(link.get("rel") == "capabilities" for link in root.iter("link")):
                return params.from_element(root, "API")
        from ovirtsdk.infrastructure.version4 import Version4

        self._session.dialect = Version4()
        return self._root()

    def _root(self) -> Any:
        return self._session.call(Call("GET", "", "API"))

    def disconnect(self) -> None:
        """Ends the session of the server and the connections to it."""
        self._session.close()

    def test(self, throw_exception: bool = False) -> bool:
        """Whether the server answers."""
        try:
            self._root()
            return True
        except DisconnectedError:
            raise
        except Exception:
            if throw_exception:
                raise
            return False

    def set_filter(self, filter: bool | None) -> None:
        if filter is not None:
            self._session.filtered = filter

    def set_renew_session(self, renew_session: bool | None) -> None:
        if renew_session is not None:
            self._session.renew = renew_session

    def get_comment(self) -> Any:
        return self._entry.comment

    def get_special_objects(self) -> Any:
        return self._entry.special_objects

    def get_product_info(self) -> Any:
        return self._entry.product_info

    def get_summary(self) -> Any:
        return self._root().summary

    def get_time(self) -> Any:
        return self._root().time

    def __enter__(self) -> API:
        return self

    def __exit__(self, *failure: object) -> None:
        self.disconnect()


def _full(url: str, port: int | None) -> str:
    parts = urlsplit(url)
    place = parts.netloc if port is None or parts.port is not None else f"{parts.netloc}:{port}"
    return f"{parts.scheme}://{place}{parts.path.rstrip('/') or '/api'}"
