"""The API's types and enumerations. Each class is made of the model when it is first asked for.

A member that nobody has set is ``None`` and is not sent. One that is set to ``None`` is sent, empty. Where an object
is expected a text names it: ``Vm(cluster="Default")`` means the cluster of that name, or of that id.
"""

from __future__ import annotations

from typing import Any

from overt import _schema, _structs

Struct = _structs.Struct


def __getattr__(name: str) -> Any:
    struct = _schema.struct_names().get(name)
    if struct is not None:
        return _structs.struct_class(struct)
    enum = _schema.enum_names().get(name)
    if enum is not None:
        return _structs.enum_class(enum)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted(["Struct", *_schema.struct_names(), *_schema.enum_names()])
