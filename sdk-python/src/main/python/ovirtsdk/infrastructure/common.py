"""What collections and objects of a server have in common."""

from __future__ import annotations

from typing import Any, Sequence

from ovirtsdk import _v3
from ovirtsdk.infrastructure.session import Call, Session


class Base:
    """What collections and objects have in common: a session and an address."""

    _place: _v3.Place

    def _send(
        self,
        method: str,
        path: str,
        expects: str,
        arguments: dict[str, Any],
        parameters: Sequence[str] = (),
        body: Any = None,
    ) -> Any:
        """Sends a request with what of the arguments belongs into address and headers."""
        names = {"search": "query", "from": "from_event_id"}
        values = {name: arguments.get(names.get(name, name)) for name in parameters}
        query = {"search": values.pop("search", None)}
        matrix = {**values, "async": arguments.get("async_")}
        headers = {
            "Correlation-Id": arguments.get("correlation_id"),
            "Expect": arguments.get("expect"),
            "All-Content": _flag(arguments.get("all_content")),
        }
        session: Session = self.__dict__["_session"]
        return session.call(Call(method, path, expects, body, matrix, query, headers))


def _flag(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()
