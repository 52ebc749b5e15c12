"""The server's collections and the objects in them. Each class is made when it is first asked for."""

from __future__ import annotations

import fnmatch
import inspect
import re
from functools import lru_cache
from typing import Any, Callable, Iterable

from overt import _http
from ovirtsdk import _v3
from ovirtsdk.infrastructure.common import Base
from ovirtsdk.infrastructure.errors import (
    AmbiguousQueryError,
    ImmutableError,
    MissingParametersError,
    RequestError,
)
from ovirtsdk.infrastructure.session import Session
from ovirtsdk.xml import params


class Collection(Base):
    """A collection of the server."""

    def __init__(self, session: Session, path: str, parent: Resource | None) -> None:
        self._session = session
        self._path = path
        self.parentclass = parent

    def _made(self, entity: Any) -> Any:
        return None if entity is None else _resource_class(self._place.entity.path)(self, entity)

    def _add(self, arguments: dict[str, Any], operation: _v3.Operation) -> Any:
        kind = self._place.entity.type
        return self._made(self._send("POST", self._path, kind, arguments, operation.parameters, arguments["entity"]))

    def _entries(self, arguments: dict[str, Any], operation: _v3.Operation) -> list[Any]:
        found = self._send("GET", self._path, self._place.type, arguments, operation.parameters)
        entries: list[Any] = []
        for member in _v3.struct(self._place.type).members.values():
            if found is not None and member.many and len(member.kind) > 1 and member.name not in ("link", "actions"):
                entries += getattr(found, member.attribute)
        return entries

    def _list(self, arguments: dict[str, Any], operation: _v3.Operation) -> list[Any]:
        entries = self._entries(arguments, operation)
        return [self._made(entity) for entity in _matching(entries, arguments["kwargs"])]

    def _get(self, arguments: dict[str, Any], operation: _v3.Operation) -> Any:
        if arguments.get("id"):
            path = f"{self._path}/{_http.segment(str(arguments['id']))}"
            try:
                return self._made(self._send("GET", path, self._place.entity.type, arguments))
            except RequestError as e:
                if e.status == 404:
                    return None
                raise
        wanted = {name: arguments[name] for name in ("name", "alias") if arguments.get(name)}
        constraints = {**wanted, **arguments["kwargs"]}
        if not constraints:
            raise MissingParametersError(["id", *[name for name in ("name", "alias") if name in arguments], "kwargs"])
        query = " and ".join(f"{name}={_quoted(value)}" for name, value in wanted.items())
        searchable = "search" in operation.parameters and bool(query)
        found = list(_matching(self._entries({"query": query if searchable else None}, operation), constraints))
        if len(found) > 1:
            raise AmbiguousQueryError(query)
        return self._made(found[0]) if found else None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at '{self._path}'>"


def _quoted(value: Any) -> str:
    """A value of the search language."""
    text = str(value)
    return text if re.fullmatch(r"[\w.*-]+", text) else '"' + text.replace('"', '\\"') + '"'


def _matching(entries: Iterable[Any], constraints: dict[str, Any]) -> Iterable[Any]:
    """Those that have all values; texts may hold ``*`` and ``?``, names may be paths such as ``cluster.name``."""
    tests = [
        (name.split("."), re.compile(fnmatch.translate(wanted)) if isinstance(wanted, str) else wanted)
        for name, wanted in constraints.items()
    ]
    return (entry for entry in entries if all(_holds(_values(entry, path), wanted) for path, wanted in tests))


def _values(entry: Any, path: list[str]) -> list[Any]:
    values = [entry]
    for name in path:
        found = [getattr(value, _v3.python_name(name), None) for value in values]
        values = [one for each in found for one in (each if isinstance(each, list) else [each]) if one is not None]
    return values


def _holds(values: list[Any], wanted: Any) -> bool:
    if isinstance(wanted, re.Pattern):
        return any(wanted.match(str(value)) for value in values)
    return wanted in values


class Resource(Base):
    """An object of the server. What it is stands in ``superclass``; its members can be used as if they were here."""

    def __init__(self, collection: Collection, entity: Any) -> None:
        self.__dict__.update(
            superclass=entity, parentclass=collection.parentclass, _session=collection._session, _home=collection._path
        )

    def _address(self) -> str:
        return f"{self.__dict__['_home']}/{_http.segment(str(self.superclass.id))}"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "superclass" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.__dict__["superclass"], name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("context", "superclass", "parentclass"):
            raise ImmutableError(name)
        setattr(self.superclass, name, value)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *_v3.struct(self._place.type).attributes})

    def _delete(self, arguments: dict[str, Any], operation: _v3.Operation) -> Any:
        body = arguments.get("entity")
        return self._send("DELETE", self._address(), "Action", arguments, operation.parameters, body)

    def _update(self, arguments: dict[str, Any], operation: _v3.Operation) -> Any:
        kind = self._place.type
        entity = self._send("PUT", self._address(), kind, arguments, operation.parameters, self.superclass)
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__, superclass=entity)
        return made

    def _act(self, arguments: dict[str, Any], operation: _v3.Operation) -> Any:
        body = arguments.get("action") or params.struct_class("Action")()
        path = f"{self._address()}/{operation.segment}"
        return self._send("POST", path, "Action", arguments, operation.parameters, body)


# --- classes ---------------------------------------------------------------------------------------


def _method(place: _v3.Place, operation: _v3.Operation, name: str, names: list[str], work: str) -> Any:
    """A method with the parameters of the original, which a caller may name or not."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    required = names[:1] if work == "_add" or (operation.body not in (None, "Action") and work == "_delete") else []
    parameters = [inspect.Parameter("self", kind)]
    parameters += [inspect.Parameter(each, kind, default=inspect.Parameter.empty if each in required else
                   True if each == "case_sensitive" else None) for each in names]
    if work in ("_list", "_get"):
        parameters.append(inspect.Parameter("kwargs", inspect.Parameter.VAR_KEYWORD))
    signature = inspect.Signature(parameters)

    def method(self: Any, *values: Any, **named: Any) -> Any:
        bound = signature.bind(self, *values, **{"async_" if key == "async" else key: each for key, each in named.items()})
        bound.apply_defaults()
        arguments = bound.arguments
        if names and names[0] not in ("query", "max", "name", "id", "alias", "action") and work in ("_add", "_delete"):
            arguments["entity"] = arguments.get(names[0])
        elif work == "_delete":
            arguments["entity"] = arguments.get("action")
        return getattr(self, work)(arguments, operation)

    method.__name__ = name
    method.__signature__ = signature  # type: ignore[attr-defined]
    method.__doc__ = f"``{operation.name}`` of ``{place.path}``, a {place.type}."
    return method


def _import_name(place: _v3.Place, operation: _v3.Operation) -> str:
    """``import`` is a word of the language: the original added what is imported."""
    if operation.name != "import":
        return operation.name
    return "import_" + {"OpenStackImage": "image"}.get(place.type, place.type.lower())


@lru_cache(maxsize=None)
def _collection_class(path: str) -> type[Collection]:
    place = _v3.places()[path]
    body: dict[str, Any] = {"_place": place, "__module__": __name__}
    for operation in place.operations.values():
        if operation.name == "add":
            entity = place.entity.type.lower()
            body["add"] = _method(place, operation, "add", [entity, "correlation_id", "expect", *_named(operation)], "_add")
        elif operation.name == "get":
            listed = ["query" if each == "search" else each for each in _named(operation)]
            listed.sort(key=["query", "case_sensitive", "from_event_id", "unregistered", "current", "max"].index)
            body["list"] = _method(place, operation, "list", [*listed, "all_content"], "_list")
            one = {"VersionCaps": ["id"], "Disk": ["alias", "id", "name"]}.get(
                place.entity.type, ["name", "all_content", "id"]
            )
            body["get"] = _method(place, operation, "get", one, "_get")
    return type(place.class_name, (Collection,), body)


def _named(operation: _v3.Operation) -> list[str]:
    return ["from_event_id" if each == "from" else each for each in operation.parameters]


@lru_cache(maxsize=None)
def _resource_class(path: str) -> type[Resource]:
    place = _v3.places()[path]
    body: dict[str, Any] = {"_place": place, "__module__": __name__}
    for operation in place.operations.values():
        name = _import_name(place, operation)
        extra = _named(operation)
        if operation.name == "delete":
            names = ["async_", "correlation_id", *extra]
            if operation.body is not None:
                names.insert(0, operation.body.lower())
            body["delete"] = _method(place, operation, "delete", names, "_delete")
        elif operation.name == "update":
            body["update"] = _method(place, operation, "update", [*extra, "async_", "correlation_id", "expect"], "_update")
        elif operation.segment is not None:
            body[name] = _method(place, operation, name, ["action", "correlation_id", "async_", *extra], "_act")
    for name, below in place.below.items():
        body[name] = property(_below(below))
    return type(place.class_name, (Resource, params.struct_class(place.type)), body)


def _below(place: _v3.Place) -> Callable[[Any], Collection]:
    segment = place.path.rsplit("/", 1)[1]

    def collection(self: Any) -> Collection:
        return _collection_class(place.path)(self.__dict__["_session"], f"{self._address()}/{segment}", self)

    return collection


@lru_cache(maxsize=None)
def _class_paths() -> dict[str, str]:
    paths: dict[str, str] = {}
    for path, place in _v3.places().items():
        paths.setdefault(place.class_name, path)
    return paths


def __getattr__(name: str) -> Any:
    path = _class_paths().get(name) if not name.startswith("__") else None
    if path is None:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return _resource_class(path) if path.endswith("*") else _collection_class(path)


def __dir__() -> list[str]:
    return sorted(_class_paths())
