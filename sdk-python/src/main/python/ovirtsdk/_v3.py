"""Version 3 of the API: its types, and the places where they are found. Loaded when it is first asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from keyword import iskeyword
from pkgutil import get_data
from typing import Any

#: Names that the original spelt with an underscore although the language does not ask for it.
_TAKEN = ("type", "build")


def python_name(name: str) -> str:
    return name + "_" if name in _TAKEN or iskeyword(name) else name


@dataclass(frozen=True)
class Member:
    """A member of a type.

    The kind is s (text), i (integer), d (decimal), b (boolean), t (time) or the name of a type; the form is "" for an
    element, "@" for an attribute and "$" for the text of the element itself.
    """

    name: str
    kind: str
    many: bool
    form: str

    @property
    def attribute(self) -> str:
        """How Python spells it."""
        return python_name(self.name)


class StructType:
    def __init__(self, name: str, row: list[Any]) -> None:
        self.name = name
        self.base: str | None = row[0]
        self.roots: list[str] = row[1]
        self.own = [_member(*each) for each in row[2]]

    @cached_property
    def members(self) -> dict[str, Member]:
        """All members, by their names in documents, those of the base first, and attributes before elements."""
        inherited = struct(self.base).members if self.base else {}
        own = sorted(self.own, key=lambda member: member.form != "@")
        return {**inherited, **{member.name: member for member in own}}

    @cached_property
    def attributes(self) -> list[str]:
        return [member.attribute for member in self.members.values()]


def _member(name: str, kind: str) -> Member:
    form = name[0] if name[0] in "@$" else ""
    return Member(name[len(form) :], kind.rstrip("*"), kind.endswith("*"), form)


@dataclass(frozen=True)
class Operation:
    """What can be done at a place.

    ``segment`` is the action's part of the path, None for what is no action. ``body`` is the type that a removal
    sends. The parameters stand in the address.
    """

    name: str
    segment: str | None
    body: str | None
    parameters: tuple[str, ...]


class Place:
    """A collection, or an object in one (its path ends with ``*``)."""

    def __init__(self, path: str, row: list[Any]) -> None:
        self.path = path
        self.type: str = row[0]
        self.operations = {
            name: Operation(name, segment, body, tuple(parameters))
            for name, (segment, body, parameters) in row[1].items()
        }

    @property
    def collection(self) -> bool:
        return not self.path.endswith("*")

    @cached_property
    def entity(self) -> Place:
        """Where an entry of this collection is."""
        return places()[self.path + "/*"]

    @cached_property
    def below(self) -> dict[str, Place]:
        """The collections of an object, by the names of their attributes."""
        return below(self.path)

    @cached_property
    def class_name(self) -> str:
        """``VMDisks`` for the collection and ``VMDisk`` for an entry of it."""
        names = []
        known = places()
        parts = self.path.strip("/").split("/")
        for depth in range(1, len(parts) + 1):
            path = "/" + "/".join(parts[:depth])
            if depth == len(parts) or path.endswith("*"):
                names.append(known[path].type)
        return "".join(names)


#: Attributes that are not called like the segment of the path.
_ATTRIBUTES = {"/operatingsystems": "operatingsysteminfos"}


def below(path: str) -> dict[str, Place]:
    """The collections directly below a path; that of the root is empty."""
    found = {}
    for each, place in places().items():
        parent, _, segment = each.rpartition("/")
        if parent == path and segment != "*":
            found[_ATTRIBUTES.get(each, segment)] = place
    return found


@lru_cache(maxsize=None)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(get_data("ovirtsdk", "_v3.json") or b"")
    return table


@lru_cache(maxsize=None)
def struct(name: str) -> StructType:
    return StructType(name, _table()["types"][name])


@lru_cache(maxsize=None)
def struct_names() -> frozenset[str]:
    return frozenset(_table()["types"])


@lru_cache(maxsize=None)
def roots() -> dict[str, str]:
    """The types of root elements."""
    return {root: name for name, row in _table()["types"].items() for root in row[1]}


@lru_cache(maxsize=None)
def places() -> dict[str, Place]:
    return {path: Place(path, row) for path, row in _table()["places"].items()}
