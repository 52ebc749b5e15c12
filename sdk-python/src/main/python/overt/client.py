"""Clients, and the places of the API that they lead to."""

from __future__ import annotations

import time
import uuid
import xml.etree.ElementTree as ET
from typing import Any, AsyncIterator, Callable, Iterator, Sequence
from urllib.parse import urlsplit

from overt import _http, _schema, _structs, _xml
from overt.errors import KINDS, ApiError, LoginError, NotFound, Unauthorized, WaitTimeout

_PAGE = 100
_LOOK = 0.5


class _Session:
    """Requests with the codec of :mod:`overt.types`."""

    def __init__(self, settings: _http.Settings) -> None:
        self.transport = _http.Transport(settings)

    def send(self, method: str, path: str, query: dict[str, Any], body: ET.Element | None = None) -> ET.Element | None:
        correlation = str(uuid.uuid4())
        texts = {name: _xml.text_of(value) for name, value in query.items() if value is not None}
        request = f"{method} {self.transport.prefix}/{path}"
        try:
            answer = self.transport.request(
                method,
                path,
                texts,
                {"Correlation-Id": correlation},
                None if body is None else ET.tostring(body),
            )
        except LoginError as e:
            raise Unauthorized(401, "Unauthorized", str(e), request, correlation) from e
        root = None
        if "xml" in answer.headers.get("content-type", "") and answer.body.strip():
            root = ET.fromstring(answer.body)
        fault = None if root is None else root if root.tag == "fault" else root.find("fault")
        if answer.status >= 300 or fault is not None:
            kind = KINDS.get(answer.status, ApiError)
            reason = answer.reason if fault is None else fault.findtext("reason", "")
            detail = "" if fault is None else fault.findtext("detail", "")
            raise kind(answer.status, reason, detail, request, correlation)
        return root


class _Place:
    """A service at a path."""

    def __init__(self, owner: _Client, service: str, path: str) -> None:
        self._owner = owner
        self._service = _schema.service(service)
        self._path = path

    def _below(self, service: str, segment: str) -> Any:
        path = f"{self._path}/{segment}" if self._path else segment
        row = _schema.service(service)
        kind = Collection if "list" in row.operations else Resource
        return kind(self._owner, service, path)

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("_"):
            located = self._service.locators.get(name)
            if located is not None and located[0] != "*":
                return self._below(located[1], located[0])
            operation = self._service.operations.get(_schema.plain_name(name))
            if operation is not None and operation.action:
                return self._action(operation)
        raise AttributeError(f"There is no '{name}' at '{self._path}'; there is {', '.join(dir(self))}")

    def _action(self, operation: _schema.OperationType) -> Callable[..., Any]:
        return lambda **parameters: self._owner._run(lambda: self._act(operation, parameters))

    def __dir__(self) -> list[str]:
        places = [name for name, (segment, _) in self._service.locators.items() if segment != "*"]
        actions = [name for name, operation in self._service.operations.items() if operation.action]
        return sorted([*map(_schema.python_name, [*places, *actions])])

    def _act(self, operation: _schema.OperationType, parameters: dict[str, Any]) -> Any:
        action = ET.Element("action")
        known = {each.name for each in operation.options}
        values = _structs.struct_class("action")()
        for name, value in parameters.items():
            if _schema.plain_name(name) not in known:
                raise TypeError(f"{operation.name}() has no parameter '{name}'; it has {', '.join(sorted(known))}")
            if value is not None:
                setattr(values, name, value)
        for name, value in values._values.items():
            _xml.append(action, _schema.struct("action").members[_schema.plain_name(name)], value, _structs.FLAVOUR)
        root = self._owner._session.send("POST", f"{self._path}/{operation.segment}", {}, action)
        result = None if root is None else _xml.read(root, "action", _structs.FLAVOUR)
        if operation.result is not None:
            return None if result is None else getattr(result, _schema.python_name(operation.result.name))
        return self

    def _send(self, method: str, operation: str, content: Any, query: dict[str, Any]) -> Any:
        row = self._service.operations[operation]
        body = None if content is None else _xml.write(content, content._struct, _structs.FLAVOUR)
        plain = {
            _schema.plain_name(name): ",".join(value) if isinstance(value, list) else value
            for name, value in query.items()
        }
        root = self._owner._session.send(method, self._path, plain, body)
        result = row.result
        if root is None or result is None:
            return None
        if result.kind == "LO":
            return _xml.read_list(root, result.type or "", _structs.FLAVOUR)
        return _xml.read(root, result.type or "", _structs.FLAVOUR)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._path}>"


class Resource(_Place):
    """One object: it can be read, changed and removed, and has actions and collections."""

    def get(self, **parameters: Any) -> Any:
        """The object as it is now.

        :param follow: members to read as well, such as ``["nics", "cluster"]``
        """
        return self._owner._run(lambda: self._send("GET", "get", None, parameters))

    def update(self, value: Any, **parameters: Any) -> Any:
        """Changes the members that are set, and returns the object as it is then."""
        return self._owner._run(lambda: self._send("PUT", "update", value, parameters))

    def remove(self, **parameters: Any) -> Any:
        return self._owner._run(lambda: self._send("DELETE", "remove", None, parameters))

    def wait(
        self,
        status: str | Sequence[str],
        timeout: float = 300,
        progress: Callable[[str], object] | None = None,
    ) -> Any:
        """Waits until the object has one of these statuses, and returns it.

        :param timeout: in seconds
        :param progress: is told each status that is seen
        :raises WaitTimeout: when that takes too long
        """
        wanted = [status] if isinstance(status, str) else list(status)
        return self._owner._wait(self, wanted, timeout, progress)

    def _read(self) -> Any:
        return self._send("GET", "get", None, {})


class Collection(_Place):
    """Objects of one kind. It can be iterated, which reads page after page."""

    def _item(self, id: str) -> Resource:
        for segment, service in self._service.locators.values():
            if segment == "*":
                return Resource(self._owner, service, f"{self._path}/{_http.segment(id)}")
        raise TypeError(f"'{self._path}' has no objects of its own")

    def by_id(self, id: str) -> Resource:
        """The place of the object with this id, whether it exists or not."""
        return self._item(id)

    def list(self, **parameters: Any) -> Any:
        """All objects, or those that the parameters select, in one answer."""
        return self._owner._run(lambda: self._send("GET", "list", None, parameters))

    def add(self, value: Any, **parameters: Any) -> Any:
        """Makes a new object and returns it as it is then."""
        return self._owner._run(lambda: self._send("POST", "add", value, parameters))

    def search(self, query: str = "", follow: Sequence[str] = (), **parameters: Any) -> Search:
        """What a search finds, page by page as it is iterated.

        :param query: in the engine's language, such as ``name=web* and status=up``
        """
        return Search(self, query, {**parameters, "follow": ",".join(follow) or None})

    def __getitem__(self, key: Any) -> Any:
        """The place of an object, which is named by its id or name, or given as it was read.

        :raises NotFound: when there is none
        """
        if isinstance(key, _structs.Struct):
            return self._item(str(key.id))
        if _structs.UUID.fullmatch(key):
            return self._item(key)
        return self._owner._pick(lambda: self._named(key))

    def _named(self, name: str) -> Resource:
        names = {each.name for each in self._service.operations["list"].options}
        query = {"search": 'name="' + name.replace('"', '\\"') + '"'} if "search" in names else {}
        found = [each for each in self._send("GET", "list", None, query) if getattr(each, "name", None) == name]
        if not found:
            request = f"GET {self._path}"
            raise NotFound(404, "Not Found", f"there is none with the name '{name}'", request, "")
        return self._item(str(found[0].id))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.search())

    def __aiter__(self) -> AsyncIterator[Any]:
        return self.search().__aiter__()


class Search:
    """The objects that a search finds; nothing is read before they are asked for."""

    def __init__(self, collection: Collection, query: str, parameters: dict[str, Any]) -> None:
        self._collection = collection
        self._query = query
        self._parameters = parameters
        names = {each.name for each in collection._service.operations["list"].options}
        self._paged = {"search", "max"} <= names

    def _page(self, number: int) -> list[Any]:
        parameters = dict(self._parameters)
        if self._paged:
            parameters.update(search=f"{self._query} page {number}".strip(), max=_PAGE)
        elif self._query:
            raise TypeError(f"'{self._collection._path}' cannot be searched")
        page: list[Any] = self._collection._send("GET", "list", None, parameters)
        return page

    def _more(self, page: list[Any]) -> bool:
        return self._paged and len(page) == _PAGE

    def __iter__(self) -> Iterator[Any]:
        number = 1
        while True:
            page = self._page(number)
            yield from page
            if not self._more(page):
                return
            number += 1

    async def __aiter__(self) -> AsyncIterator[Any]:
        import asyncio

        number = 1
        while True:
            page = await asyncio.to_thread(self._page, number)
            for each in page:
                yield each
            if not self._more(page):
                return
            number += 1


class _Client(_Place):
    """What both clients have in common.

    :param url: ``https://HOST[:PORT]/ovirt-engine/api``
    :param username: such as ``admin@internal``
    :param token: instead of user and password
    :param ca: PEM file with the authority to trust
    :param insecure: trust whoever answers
    :param timeout: seconds to wait for each answer
    """

    def __init__(
        self,
        url: str,
        username: str | None = None,
        password: str | None = None,
        *,
        token: str | None = None,
        ca: str | None = None,
        insecure: bool = False,
        timeout: float | None = 60,
    ) -> None:
        if not urlsplit(url).path.strip("/"):
            url = url.rstrip("/") + "/ovirt-engine/api"
        self._session = _Session(
            _http.Settings(
                url=url,
                username=None if token else username,
                password=password,
                token=token,
                insecure=insecure,
                ca_file=None if ca is None else str(ca),
                timeout=timeout,
            )
        )
        super().__init__(self, "system", "")

    def _run(self, work: Callable[[], Any]) -> Any:
        raise NotImplementedError

    def _pick(self, find: Callable[[], Resource]) -> Any:
        raise NotImplementedError

    def _wait(
        self, place: Resource, wanted: list[str], timeout: float, progress: Callable[[str], object] | None
    ) -> Any:
        raise NotImplementedError

    def get(self) -> Any:
        """The API's root: versions and totals."""
        return self._run(lambda: self._send("GET", "get", None, {}))

    def _close(self) -> None:
        self._session.transport.logout()
        self._session.transport.close()


class _Watch:
    """Looks at an object again and again."""

    def __init__(
        self, place: Resource, wanted: list[str], timeout: float, progress: Callable[[str], object] | None
    ) -> None:
        self._place = place
        self._wanted = wanted
        self._timeout = timeout
        self._progress = progress
        self._end = time.monotonic() + timeout
        self._last: str | None = None

    def look(self) -> Any:
        """The object when it is as wanted, else None."""
        value = self._place._read()
        seen = str(value.status)
        if seen != self._last and self._progress is not None:
            self._progress(seen)
        self._last = seen
        if seen in self._wanted:
            return value
        if time.monotonic() > self._end:
            raise WaitTimeout(self._place._path, " or ".join(self._wanted), seen, self._timeout)
        return None


class Client(_Client):
    """A client that waits for its answers.

    >>> with Client("https://engine/ovirt-engine/api", "admin@internal", password, ca="ca.pem") as client:
    ...     client.vms.add(Vm(name="web01", cluster="Default", template="Blank"))
    ...     client.vms["web01"].start().wait("up")
    """

    def _run(self, work: Callable[[], Any]) -> Any:
        return work()

    def _pick(self, find: Callable[[], Resource]) -> Any:
        return find()

    def _wait(
        self, place: Resource, wanted: list[str], timeout: float, progress: Callable[[str], object] | None
    ) -> Any:
        watch = _Watch(place, wanted, timeout, progress)
        while (value := watch.look()) is None:
            time.sleep(_LOOK)
        return value

    def close(self) -> None:
        self._close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()
