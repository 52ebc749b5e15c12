"""The API's types and services, as the model knows them.

Everything here is read from one table that the build derives from the model. It is loaded when it is first asked
for, and classes are made of it one by one, so that importing the package costs little.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from keyword import iskeyword
from pkgutil import get_data
from typing import Any


def camel(name: str) -> str:
    """The name of a class: ``host_nic`` becomes ``HostNic``."""
    return "".join(word.capitalize() for word in name.split("_"))


def python_name(name: str) -> str:
    """How a member or parameter is spelt: a keyword of the language gets an underscore."""
    return name + "_" if iskeyword(name) else name


def plain_name(name: str) -> str:
    """The model's spelling of :func:`python_name`."""
    return name[:-1] if name.endswith("_") else name


@dataclass(frozen=True)
class Member:
    """A member of a type.

    The kind is S(tring), I(nteger), D(ecimal), B(oolean), T(ime), E(num) or O(bject), after an L when it is a list.
    """

    name: str
    tag: str
    kind: str
    type: str | None
    item: str
    link: bool

    @property
    def many(self) -> bool:
        return self.kind[0] == "L"

    @property
    def scalar(self) -> str:
        """The kind of one value."""
        return self.kind[-1]


class StructType:
    """A type with members."""

    def __init__(self, name: str, row: list[Any]) -> None:
        self.name = name
        self.class_name = camel(name)
        self.tag: str = row[0]
        self.plural: str = row[1]
        self.base: str | None = row[2]
        self.own = [Member(*each) for each in row[3]]

    @cached_property
    def members(self) -> dict[str, Member]:
        """All members, those of the base first."""
        inherited = struct(self.base).members if self.base else {}
        return {**inherited, **{member.name: member for member in self.own}}

    @cached_property
    def by_tag(self) -> dict[str, Member]:
        tags = {member.name: member for member in self.members.values()}
        tags.update((member.tag, member) for member in self.members.values())
        return tags

    @cached_property
    def by_relation(self) -> dict[str, Member]:
        """Members by what links call them, which is their tag without underscores."""
        return {tag.replace("_", ""): member for tag, member in self.by_tag.items()}


@dataclass(frozen=True)
class Parameter:
    name: str
    sent: bool
    answered: bool
    kind: str
    type: str | None


class OperationType:
    """Something that a service does."""

    def __init__(self, name: str, row: list[Any]) -> None:
        self.name = name
        self.action: bool = row[0]
        self.segment: str = row[1]
        self.parameters = [Parameter(*each) for each in row[2]]
        #: What it can be given, as other SDKs append it to the name: ``from_snapshot``.
        self.signatures: list[str] = row[3]

    @cached_property
    def body(self) -> Parameter | None:
        """The parameter that is the request's body, of an operation that is no action."""
        if self.action or self.name not in ("add", "update"):
            return None
        both = [each for each in self.parameters if each.sent and each.answered]
        objects = [each for each in self.parameters if each.sent and each.kind.endswith("O")]
        return next(iter([*both, *objects]), None)

    @cached_property
    def result(self) -> Parameter | None:
        return next((each for each in self.parameters if each.answered), None)

    @cached_property
    def options(self) -> list[Parameter]:
        return [each for each in self.parameters if each.sent and each is not self.body]


class ServiceType:
    def __init__(self, name: str, row: list[Any]) -> None:
        self.name = name
        self.class_name = camel(name) + "Service"
        self.operations = {key: OperationType(key, each) for key, each in row[0].items()}
        #: Segment of the path and service, by name; the segment ``*`` is an identifier.
        self.locators: dict[str, tuple[str, str]] = {key: (each[0], each[1]) for key, each in row[1].items()}


@lru_cache(maxsize=None)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(get_data("overt", "_model.json") or b"")
    return table


@lru_cache(maxsize=None)
def _documentation() -> dict[str, str]:
    table: dict[str, str] = json.loads(get_data("overt", "_model_docs.json") or b"")
    return table


def documentation(*path: str) -> str:
    """What the model says of a type, service, operation or parameter; empty when it says nothing."""
    return _documentation().get("/".join(path), "")


@lru_cache(maxsize=None)
def struct(name: str) -> StructType:
    return StructType(name, _table()["types"][name])


@lru_cache(maxsize=None)
def service(name: str) -> ServiceType:
    return ServiceType(name, _table()["services"][name])


@lru_cache(maxsize=None)
def enum(name: str) -> list[str]:
    values: list[str] = _table()["enums"][name]
    return values


@lru_cache(maxsize=None)
def struct_names() -> dict[str, str]:
    """The names of types by those of their classes."""
    return {camel(name): name for name in _table()["types"]}


@lru_cache(maxsize=None)
def enum_names() -> dict[str, str]:
    return {camel(name): name for name in _table()["enums"]}


@lru_cache(maxsize=None)
def service_names() -> dict[str, str]:
    return {camel(name) + "Service": name for name in _table()["services"]}
