"""What can go wrong, as exceptions that tell what happened."""

from __future__ import annotations

from typing import Any

from overt._http import LoginError, TransportError, TransportTimeout

__all__ = [
    "ApiError",
    "BadRequest",
    "Conflict",
    "Forbidden",
    "LoginError",
    "NotFound",
    "TransportError",
    "TransportTimeout",
    "Unauthorized",
    "Unavailable",
    "WaitTimeout",
]


class ApiError(Exception):
    """The server refused a request.

    :ivar status: the HTTP status of the answer
    :ivar reason: what kind of refusal it is, in the server's words
    :ivar detail: what is wrong, in the server's words
    :ivar request: method and path
    :ivar correlation_id: finds the request in the engine's log and events
    """

    def __init__(self, status: int, reason: str, detail: str, request: str, correlation_id: str) -> None:
        super().__init__(f"{request}: {status} {reason}" + (f": {detail}" if detail else ""))
        self.status = status
        self.reason = reason
        self.detail = detail
        self.request = request
        self.correlation_id = correlation_id


class BadRequest(ApiError):
    """400: something in the request is not what it should be."""


class Unauthorized(ApiError):
    """401: the server does not know who asks."""


class Forbidden(ApiError):
    """403: this user may not."""


class NotFound(ApiError):
    """404: there is no such object."""


class Conflict(ApiError):
    """409: not in the present state."""

    @property
    def retryable(self) -> bool:
        """Whether something else is being done with the object, so that it may work a little later."""
        text = self.detail.lower()
        return any(word in text for word in ("related operation", "is locked", "being ", "in progress"))


class Unavailable(ApiError):
    """503: the server cannot answer now."""


class WaitTimeout(Exception):
    """What was waited for did not come about in time.

    :ivar seen: what was there instead, at last
    """

    def __init__(self, what: str, wanted: Any, seen: Any, seconds: float) -> None:
        super().__init__(f"{what} is {seen}, not {wanted}, after {seconds:g} s")
        self.seen = seen


KINDS: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    503: Unavailable,
}
