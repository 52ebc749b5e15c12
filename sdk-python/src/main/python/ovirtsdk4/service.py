"""What all services have in common."""

from __future__ import annotations

import inspect
import xml.etree.ElementTree as ET
from concurrent.futures import Future as _Running
from typing import TYPE_CHECKING, Any, Callable, Mapping

from overt import _http, _schema, _xml
from ovirtsdk4 import AuthError, Error, NotFoundError, types

if TYPE_CHECKING:
    from ovirtsdk4.connection import Connection

_GOOD = (200, 201, 202)


class Future:
    """The result of a call that was made with ``wait=False``."""

    def __init__(self, running: _Running[Any]) -> None:
        self._running = running

    def wait(self) -> Any:
        """Waits for the answer and returns what the call would have returned."""
        return self._running.result()


class Service:
    """A place in the API, with what can be done there."""

    _service = ""

    def __init__(self, connection: Connection, path: str) -> None:
        self._connection = connection
        self._path = path

    def service(self, path: str | None) -> Any:
        """The service at a path below this one."""
        here: Any = self
        for part in [part for part in (path or "").split("/") if part]:
            here = here._step(part)
        return here

    def _step(self, part: str) -> Service:
        locators = _schema.service(self._service).locators
        for segment, service in locators.values():
            if segment == part:
                return self._below(service, part)
        for segment, service in locators.values():
            if segment == "*":
                return self._below(service, part)
        raise Error(f"The path '{part}' doesn't correspond to any service")

    def _below(self, service: str, part: str) -> Service:
        from ovirtsdk4 import services

        made: Service = services._service_class(service)(
            self._connection, f"{self._path}/{part}" if self._path else part
        )
        return made

    def _call(self, operation: _schema.OperationType, arguments: dict[str, Any]) -> Any:
        headers: Mapping[str, Any] | None = arguments.pop("headers", None)
        query = {name: _xml.text_of(value) for name, value in (arguments.pop("query", None) or {}).items()}
        if not arguments.pop("wait", True):
            return Future(self._connection._later(lambda: self._send(operation, arguments, headers, query)))
        return self._send(operation, arguments, headers, query)

    def _send(
        self,
        operation: _schema.OperationType,
        arguments: dict[str, Any],
        headers: Mapping[str, Any] | None,
        query: dict[str, str],
    ) -> Any:
        given = {name: value for name, value in arguments.items() if value is not None}
        path, body = self._path, None
        if operation.action:
            method = "POST"
            path = f"{path}/{operation.segment}"
            action = ET.Element("action")
            for name, value in given.items():
                _xml.append(action, _schema.struct("action").members[name], value, types.FLAVOUR)
            body = ET.tostring(action)
        else:
            method = {"add": "POST", "update": "PUT", "remove": "DELETE"}.get(operation.name, "GET")
            content = operation.body
            if content is not None and content.name in given:
                value = given.pop(content.name)
                if content.kind == "LO":
                    wrapper = ET.Element(_schema.struct(content.type or "").plural)
                    wrapper.extend(_xml.write(each, content.type or "", types.FLAVOUR) for each in value)
                    body = ET.tostring(wrapper)
                else:
                    body = ET.tostring(_xml.write(value, content.type or "", types.FLAVOUR))
            query = {**{name: _xml.text_of(value) for name, value in given.items()}, **query}
        texts = {name: _xml.text_of(value) for name, value in (headers or {}).items() if value is not None}
        answer = self._connection._request(method, path, query, texts, body)
        if answer.status not in _GOOD:
            raise failure(answer)
        return _result(operation, answer)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} at '{self._path}'>"


def _document(answer: _http.Response) -> ET.Element | None:
    if "xml" not in answer.headers.get("content-type", "") or not answer.body.strip():
        return None
    try:
        return ET.fromstring(answer.body)
    except ET.ParseError as e:
        raise Error(f"The answer is no XML: {e}") from e


def _result(operation: _schema.OperationType, answer: _http.Response) -> Any:
    result = operation.result
    root = _document(answer)
    if result is None or root is None:
        return None
    if root.tag == "fault":
        raise failure(answer)
    if operation.action:
        action = _xml.read(root, "action", types.FLAVOUR)
        fault = action.fault
        if fault is not None:
            raise _error(answer, fault)
        return getattr(action, result.name)
    if result.kind == "LO":
        return _xml.read_list(root, result.type or "", types.FLAVOUR)
    if result.type is None:
        return root.text
    return _xml.read(root, result.type, types.FLAVOUR)


def failure(answer: _http.Response) -> Error:
    """What to raise for an answer that is no success."""
    fault = None
    root = _document(answer)
    if root is not None and root.tag == "fault":
        fault = _xml.read(root, "fault", types.FLAVOUR)
    elif root is not None and root.tag == "action":
        fault = _xml.read(root, "action", types.FLAVOUR).fault
    return _error(answer, fault)


def _error(answer: _http.Response, fault: Any) -> Error:
    parts = []
    if fault is not None:
        if fault.reason:
            parts.append(f'Fault reason is "{fault.reason}".')
        if fault.detail:
            parts.append(f'Fault detail is "{fault.detail}".')
    parts.append(f"HTTP response code is {answer.status}.")
    if fault is None and answer.reason:
        parts.append(f'HTTP response message is "{answer.reason}".')
    kind = {401: AuthError, 403: AuthError, 404: NotFoundError}.get(answer.status, Error)
    return kind(" ".join(parts), answer.status, fault)


def operation_method(service: str, key: str, operation: _schema.OperationType) -> Callable[..., Any]:
    """The method that carries out an operation, by its name or that of one of its signatures."""
    names = [each.name for each in operation.options]
    if operation.body is not None:
        names.insert(0, operation.body.name)
    allowed = {*names, "headers", "query", "wait"}

    def method(self: Service, *args: Any, **kwargs: Any) -> Any:
        if len(args) > len(names):
            raise TypeError(f"{key}() takes {len(names)} arguments but {len(args)} were given")
        arguments = dict(zip(names, args))
        for name, value in kwargs.items():
            # A keyword of the language is spelt with an underscore.
            plain = name[:-1] if name.endswith("_") and name[:-1] in allowed else name
            if plain not in allowed:
                raise TypeError(f"{key}() got an unexpected keyword argument '{name}'")
            arguments[plain] = value
        return self._call(operation, arguments)

    method.__name__ = key
    method.__qualname__ = f"{_schema.service(service).class_name}.{key}"
    documented = [_schema.documentation("services", service, operation.name)]
    documented += [
        f":param {name}: {text}"
        for name in names
        if (text := _schema.documentation("services", service, operation.name, name))
    ]
    method.__doc__ = "\n\n".join(text for text in documented if text) or None
    kinds = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter("self", kinds)]
    parameters += [
        inspect.Parameter(_schema.python_name(name), kinds, default=None) for name in names
    ]
    parameters += [
        inspect.Parameter("headers", kinds, default=None),
        inspect.Parameter("query", kinds, default=None),
        inspect.Parameter("wait", kinds, default=True),
        inspect.Parameter("kwargs", inspect.Parameter.VAR_KEYWORD),
    ]
    method.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return method
