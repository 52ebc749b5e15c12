"""The API's types and enumerations. Each class is made of the model when it is first asked for."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Any, Iterable, cast

from overt import _schema
from ovirtsdk4 import List, Struct


class _Constant(Enum):
    def __str__(self) -> str:
        return str(self.value)


class _Generated(Struct):
    """What all types have in common: a keyword and a property for each member."""

    _overt_struct = ""

    def __init__(self, *values: Any, **members: Any) -> None:
        super().__init__()
        # As in the original, the order is the alphabet's.
        known = sorted(_schema.python_name(name) for name in _schema.struct(self._overt_struct).members)
        members = {**dict(zip(known, values)), **members}
        for name in members:
            if name not in known:
                raise TypeError(f"{type(self).__name__}() got an unexpected keyword argument '{name}'")
        for name in known:
            value = members.get(name)
            if value is None:
                self.__dict__["_" + name] = None
            else:
                setattr(self, name, value)

    def __repr__(self) -> str:
        parts = [f"{name}={value!r}" for name, value in FLAVOUR.look(self, self._overt_struct)[1]]
        return f"{type(self).__name__}({', '.join(parts)})"


def _property(member: _schema.Member, owner: str) -> property:
    attribute = "_" + _schema.python_name(member.name)

    def read(self: _Generated) -> Any:
        return self.__dict__[attribute]

    def write(self: _Generated, value: Any) -> None:
        if value is not None and member.kind == "O":
            expected = _struct_class(member.type or "")
            if not isinstance(value, expected):
                raise TypeError(
                    f"The '{type(self).__name__}.{member.name}' attribute should be of type '{expected.__name__}', "
                    f"but it is of type '{type(value).__name__}'"
                )
        self.__dict__[attribute] = value

    return property(read, write, doc=_schema.documentation("types", owner, member.name) or None)


_structs: dict[str, type[_Generated]] = {}
_enums: dict[str, type[_Constant]] = {}


def _struct_class(name: str) -> type[_Generated]:
    known = _structs.get(name)
    if known is None:
        row = _schema.struct(name)
        base = _struct_class(row.base) if row.base else _Generated
        body: dict[str, Any] = {_schema.python_name(member.name): _property(member, name) for member in row.own}
        body.update(_overt_struct=name, __module__=__name__, __doc__=_schema.documentation("types", name) or None)
        known = _structs.setdefault(name, type(row.class_name, (base,), body))
    return known


def _enum_class(name: str) -> type[_Constant]:
    known = _enums.get(name)
    if known is None:
        values = [(value.upper(), value) for value in _schema.enum(name)]
        made: type[_Constant] = cast(Any, _Constant)(_schema.camel(name), values, module=__name__)
        known = _enums.setdefault(name, made)
    return known


def __getattr__(name: str) -> Any:
    struct = _schema.struct_names().get(name)
    if struct is not None:
        return _struct_class(struct)
    enum = _schema.enum_names().get(name)
    if enum is not None:
        return _enum_class(enum)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*_schema.struct_names(), *_schema.enum_names()])


class _Flavour:
    """These classes, for the codec."""

    def make(self, struct: str, values: dict[str, Any], href: str | None) -> Any:
        made = _struct_class(struct)()
        made._href = href
        for name, value in values.items():
            made.__dict__["_" + _schema.python_name(name)] = value
        return made

    def sequence(self, items: list[Any], href: str | None) -> Any:
        return List(items, href)

    def constant(self, enum: str, value: str) -> Any:
        try:
            return _enum_class(enum)(value.lower())
        except ValueError:
            return None

    def decimal(self, text: str) -> Any:
        return float(Decimal(text))

    def look(self, value: Any, struct: str) -> tuple[str, Iterable[tuple[str, Any]], str | None]:
        if not isinstance(value, _Generated):
            raise TypeError(f"Expected a '{_schema.camel(struct)}', but this is of type '{type(value).__name__}'")
        members = [
            (name, value.__dict__["_" + _schema.python_name(name)])
            for name in _schema.struct(value._overt_struct).members
        ]
        return value._overt_struct, [(name, each) for name, each in members if each is not None], value._href


FLAVOUR = _Flavour()
