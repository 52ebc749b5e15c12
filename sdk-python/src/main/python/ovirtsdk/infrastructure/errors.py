"""What can go wrong. Texts are as programs of version 3 know them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Iterable


class OvirtSdkError(Exception):
    def __init__(self, content: object) -> None:
        super().__init__(content)


class ConnectionError(Exception):
    """The server cannot be reached."""

    def __init__(self, expect: object) -> None:
        super().__init__(f"[ERROR]::oVirt API connection failure, {expect}")


class NoCertificatesError(Exception):
    """A connection with TLS was asked for without an authority to trust."""

    def __init__(self) -> None:
        super().__init__("[ERROR]::ca_file (CA certificate) must be specified for SSL connection.")


class DisconnectedError(Exception):
    """The connection was ended by ``disconnect()``."""

    def __init__(self) -> None:
        super().__init__("[ERROR]::oVirt sdk is disconnected from the server.")


class UnsecuredConnectionAttemptError(Exception):
    """A server that wants TLS was spoken to without."""

    def __init__(self) -> None:
        super().__init__("[ERROR]::The server gave no answer to plain HTTP; it may want HTTPS.")


class MissingParametersError(Exception):
    """A search for one object says nothing of the object."""

    def __init__(self, params: Iterable[str]) -> None:
        super().__init__(f"[ERROR]::One of the following parameters has to be specified: {params}.")


class ImmutableError(Exception):
    """What cannot be changed."""

    def __init__(self, key: str) -> None:
        super().__init__(f"[ERROR]::'{key}' is immutable.")


class FormatError(Exception):
    """The answer is no XML."""

    def __init__(self) -> None:
        super().__init__("[ERROR]::Server reply is in inappropriate format.")


class AmbiguousQueryError(OvirtSdkError):
    """Several objects were found where one was asked for."""

    def __init__(self, query: str | None = None) -> None:
        super().__init__(f"[ERROR]::Used query {f'({query})' if query else ''} produces ambiguous results.")


class RequestError(Exception):
    """What the server refused.

    ``status`` is the number of the answer, ``reason`` the words beside it, ``detail`` the server's explanation.
    """

    def __init__(self, response_code: int, response_reason: str, response_body: str) -> None:
        self.status = response_code
        self.reason = response_reason
        self.detail = _detail(response_body)
        super().__init__(f"[ERROR]::oVirt API request failure.{self}")

    def __str__(self) -> str:
        return f"\r\nstatus: {self.status}\r\nreason: {self.reason}\r\ndetail: {self.detail}"


def _detail(body: str) -> str:
    """What a fault says, without the brackets that engines put around it; else the body."""
    try:
        root = ET.fromstring(body)
    except ET.ParseError:
        return "\n" + body if body else ""
    detail = root.findtext("fault/detail" if root.tag == "action" else "detail", "").strip()
    return detail[1:-1] if detail.startswith("[") and detail.endswith("]") else detail
