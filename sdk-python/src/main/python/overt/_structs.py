"""How the classes of :mod:`overt.types` are made of the model."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import Any, Iterable, TypeVar, cast

from overt import _schema

UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_Self = TypeVar("_Self", bound="Struct")
_HOME = "overt.types"


class Struct:
    """What all types have in common."""

    __slots__ = ("_values", "href")

    _struct = ""

    def __init__(self, **members: Any) -> None:
        self._values: dict[str, Any] = {}
        #: Where the API shows it; None for what has not been read from there.
        self.href: str | None = None
        for name, value in members.items():
            if value is not None:
                setattr(self, name, value)

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in ("_values", "href"):
            self._values[name] = _checked(self, name, value)
        else:
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or _schema.plain_name(name) not in _schema.struct(self._struct).members:
            raise AttributeError(f"'{type(self).__name__}' has no member '{name}'")
        return self._values.get(name)

    def __dir__(self) -> list[str]:
        return [*map(_schema.python_name, _schema.struct(self._struct).members), "href", "replace"]

    def replace(self: _Self, **changes: Any) -> _Self:
        """A copy in which some members have other values."""
        copy = type(self)()
        copy.href = self.href
        copy._values.update(self._values)
        for name, value in changes.items():
            setattr(copy, name, value)
        return copy

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Struct) and type(other) is type(self) and other._values == self._values

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._values.items())})"


def _checked(owner: Struct, name: str, value: Any) -> Any:
    """A value as it is kept: references by text become objects, texts become constants."""
    member = _schema.struct(owner._struct).members.get(_schema.plain_name(name))
    if member is None:
        known = ", ".join(sorted(_schema.struct(owner._struct).members))
        raise TypeError(f"'{type(owner).__name__}' has no member '{name}'; it has {known}")
    if value is None:
        return None
    if not member.many:
        return _one(owner, member, value)
    if isinstance(value, (str, bytes)) or not isinstance(value, Iterable):
        raise TypeError(f"'{type(owner).__name__}.{name}' is {value!r}, expected a list")
    return [_one(owner, member, each) for each in value]


def _one(owner: Struct, member: _schema.Member, value: Any) -> Any:
    if member.scalar == "O":
        expected = struct_class(member.type or "")
        if isinstance(value, str) and {"id", "name"} <= _schema.struct(member.type or "").members.keys():
            return expected(id=value) if UUID.fullmatch(value) else expected(name=value)
        if isinstance(value, expected):
            return value
        raise TypeError(f"'{type(owner).__name__}.{member.name}' is {value!r}, expected a {expected.__name__}")
    if member.scalar == "E":
        text = str(getattr(value, "value", value))
        if text not in _schema.enum(member.type or ""):
            raise ValueError(
                f"'{type(owner).__name__}.{member.name}' is '{text}', expected one of "
                + ", ".join(_schema.enum(member.type or ""))
            )
        return FLAVOUR.constant(member.type or "", text)
    return value


_structs: dict[str, type[Struct]] = {}
_enums: dict[str, type[Enum]] = {}


class _Text(str, Enum):
    def __str__(self) -> str:
        return str(self.value)


def struct_class(name: str) -> type[Struct]:
    known = _structs.get(name)
    if known is None:
        row = _schema.struct(name)
        base = struct_class(row.base) if row.base else Struct
        body = {
            "__slots__": (),
            "__module__": _HOME,
            "__doc__": _schema.documentation("types", name) or None,
            "_struct": name,
        }
        known = _structs.setdefault(name, type(row.class_name, (base,), body))
    return known


def enum_class(name: str) -> type[Enum]:
    known = _enums.get(name)
    if known is None:
        values = [(value.upper(), value) for value in _schema.enum(name)]
        made: type[Enum] = cast(Any, _Text)(_schema.camel(name), values, module=_HOME)
        known = _enums.setdefault(name, made)
    return known


class _Flavour:
    """These classes, for the codec."""

    def make(self, struct: str, values: dict[str, Any], href: str | None) -> Any:
        made = struct_class(struct)()
        made.href = href
        made._values.update((_schema.python_name(name), value) for name, value in values.items())
        return made

    def sequence(self, items: list[Any], href: str | None) -> Any:
        return items

    def constant(self, enum: str, value: str) -> Any:
        try:
            return enum_class(enum)(value)
        except ValueError:
            # A newer server knows more than this model.
            return value

    def decimal(self, text: str) -> Any:
        return Decimal(text)

    def look(self, value: Any, struct: str) -> tuple[str, Iterable[tuple[str, Any]], str | None]:
        if not isinstance(value, Struct):
            raise TypeError(f"This is {value!r}, expected a {_schema.camel(struct)}")
        return value._struct, [(_schema.plain_name(name), each) for name, each in value._values.items()], value.href


FLAVOUR = _Flavour()
