"""Objects to XML and back, by the table alone.

Several families of classes share this codec; each has a :class:`Flavour` that makes its objects and looks into them.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import datetime, timezone
from typing import Any, Iterable, Protocol

from overt import _schema


class Flavour(Protocol):
    """How a family of classes represents what the API knows."""

    def make(self, struct: str, values: dict[str, Any], href: str | None) -> Any:
        """An object of a type."""

    def sequence(self, items: list[Any], href: str | None) -> Any:
        """A list that has an address."""

    def constant(self, enum: str, value: str) -> Any:
        """A value of an enumeration, known or not."""

    def decimal(self, text: str) -> Any:
        """A decimal number."""

    def look(self, value: Any, struct: str) -> tuple[str, Iterable[tuple[str, Any]], str | None]:
        """The type of an object, its members that are set, and its address."""


def parse_time(text: str) -> datetime:
    """A moment in ISO 8601, in UTC when it names no offset."""
    text = text.strip()
    if text.endswith("Z"):
        text = text[:-1] + "+00:00"
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)


def _scalar(kind: str, enum: str | None, text: str, flavour: Flavour) -> Any:
    text = text.strip() if kind != "S" else text
    match kind:
        case "S":
            return text
        case "B":
            return text.lower() in ("true", "1")
        case "I":
            return int(text)
        case "D":
            return flavour.decimal(text)
        case "T":
            return parse_time(text)
    return flavour.constant(enum or "", text)


def read(element: ET.Element, struct: str, flavour: Flavour) -> Any:
    """The object that an element describes. What the table does not know is left out."""
    row = _schema.struct(struct)
    values: dict[str, Any] = {}
    href = element.get("href")
    links: dict[str, str | None] = {}
    member: _schema.Member | None
    for name, text in element.attrib.items():
        member = row.members.get(name)
        if member is not None:
            values[name] = _scalar(member.kind, member.type, text, flavour)
    for child in element:
        if child.tag == "link":
            member = row.by_relation.get(child.get("rel", "").replace("_", ""))
            if member is not None:
                links[member.name] = child.get("href")
            continue
        member = row.by_tag.get(child.tag)
        if member is None:
            continue
        if member.many:
            address = child.get("href") or links.pop(member.name, None)
            values[member.name] = flavour.sequence(
                [_one(member, item, flavour) for item in child if item.tag != "link"], address
            )
        else:
            values[member.name] = _one(member, child, flavour)
    for name, address in links.items():
        member = row.members[name]
        if name not in values:
            empty = flavour.sequence([], address) if member.many else flavour.make(member.type or "", {}, address)
            values[name] = empty
    return flavour.make(struct, values, href)


def _one(member: _schema.Member, element: ET.Element, flavour: Flavour) -> Any:
    if member.scalar == "O":
        return read(element, member.type or "", flavour)
    text = element.text or ""
    return None if not text and member.scalar != "S" else _scalar(member.scalar, member.type, text, flavour)


def read_list(element: ET.Element, struct: str, flavour: Flavour) -> Any:
    return flavour.sequence(
        [read(item, struct, flavour) for item in element if item.tag not in ("link", "actions")], element.get("href")
    )


def text_of(value: Any) -> str:
    """A value as it is written in a document or in a query."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.astimezone()
        return moment.isoformat(timespec="milliseconds")
    # Constants of enumerations have their text as value.
    return str(getattr(value, "value", value))


def write(value: Any, struct: str, flavour: Flavour, tag: str | None = None) -> ET.Element:
    """An element that describes an object."""
    actual, members, href = flavour.look(value, struct)
    row = _schema.struct(actual)
    element = ET.Element(tag or row.tag)
    if href is not None:
        element.set("href", href)
    for name, member_value in members:
        member = row.members[name]
        if name == "id":
            element.set("id", text_of(member_value))
        else:
            append(element, member, member_value, flavour)
    return element


def append(parent: ET.Element, member: _schema.Member, value: Any, flavour: Flavour) -> None:
    """Adds a member's value."""
    if not member.many:
        parent.append(_element(member.tag, member.scalar, member.type, value, flavour))
        return
    wrapper = ET.SubElement(parent, member.tag)
    address = getattr(value, "href", None)
    if address is not None:
        wrapper.set("href", address)
    for item in value:
        wrapper.append(_element(member.item, member.scalar, member.type, item, flavour))


def _element(tag: str, kind: str, struct: str | None, value: Any, flavour: Flavour) -> ET.Element:
    if kind == "O":
        return write(value, struct or "", flavour, tag)
    element = ET.Element(tag)
    element.text = text_of(value)
    return element
