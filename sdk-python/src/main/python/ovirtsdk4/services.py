"""The API's services. Each class is made of the model when it is first asked for."""

from __future__ import annotations

from typing import Any, Callable

from overt import _http, _schema
from ovirtsdk4.service import Future, Service, operation_method

__all__ = ["Future", "Service"]

_classes: dict[str, type[Service]] = {}


def _service_class(name: str) -> type[Service]:
    known = _classes.get(name)
    if known is None:
        row = _schema.service(name)
        body: dict[str, Any] = {
            key: operation_method(name, key, operation)
            for operation in row.operations.values()
            for key in (operation.name, *(f"{operation.name}_{each}" for each in operation.signatures))
        }
        for key, (segment, service) in row.locators.items():
            method = _locator(name, key, segment, service)
            body[method.__name__] = method
        body.update(_service=name, __module__=__name__, __doc__=_schema.documentation("services", name) or None)
        known = _classes.setdefault(name, type(row.class_name, (Service,), body))
    return known


def _locator(owner: str, name: str, segment: str, service: str) -> Callable[..., Service]:
    def fixed(self: Service) -> Service:
        return self._below(service, segment)

    def identified(self: Service, id: str) -> Service:
        return self._below(service, _http.segment(str(id)))

    method: Callable[..., Service] = identified if segment == "*" else fixed
    method.__name__ = name + "_service"
    method.__qualname__ = f"{_schema.camel(owner)}Service.{method.__name__}"
    method.__doc__ = _schema.documentation("services", owner, name) or None
    return method


def __getattr__(name: str) -> Any:
    service = _schema.service_names().get(name)
    if service is None:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return _service_class(service)


def __dir__() -> list[str]:
    return sorted(_schema.service_names())
