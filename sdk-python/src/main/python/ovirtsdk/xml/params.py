"""The types of version 3. Each class is made when it is first asked for."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from typing import Any, Callable, Iterator, TextIO

from overt import _xml
from ovirtsdk import _v3

#: Elements that only servers write.
_READ_ONLY = ("actions", "link")


class GeneratedsSuper:
    """What all types have in common: a keyword and an attribute for each member, and ``get_x()`` and ``set_x()``."""

    _type = ""

    def __init__(self, *values: Any, **members: Any) -> None:
        row = _v3.struct(self._type)
        if len(values) > len(row.attributes):
            raise TypeError(f"{self._type}() takes at most {len(row.attributes)} values, {len(values)} were given")
        given = dict(zip(row.attributes, values))
        for name, value in members.items():
            known = _v3.python_name(name)
            if known not in row.attributes:
                raise TypeError(f"{self._type}() got an unexpected keyword argument '{name}'")
            given[known] = value
        for member in row.members.values():
            value = given.get(member.attribute)
            setattr(self, member.attribute, [] if value is None and member.many else value)

    @classmethod
    def factory(cls, *values: Any, **members: Any) -> Any:
        return cls(*values, **members)

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, [_entity(each) for each in value] if isinstance(value, list) else _entity(value))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GeneratedsSuper) and _entity(other)._type == self._type and (
            _entity(other).__dict__ == _entity(self).__dict__
        )

    __hash__ = object.__hash__

    def __repr__(self) -> str:
        entity = _entity(self)
        shown = [
            f"{name}={value!r}"
            for name in _v3.struct(self._type).attributes
            if (value := getattr(entity, name)) not in (None, []) and name not in _READ_ONLY
        ]
        return f"{type(self).__name__}({', '.join(shown)})"

    def export_(
        self,
        outfile: TextIO,
        level: int = 0,
        namespace_: str = "",
        name_: str = "",
        namespacedef_: str = "",
        pretty_print: bool = True,
    ) -> None:
        """Writes the object as XML."""
        element = to_element(self, name_ or _root(self))
        if pretty_print:
            ET.indent(element, "    ", level)
        outfile.write(ET.tostring(element, encoding="unicode") + ("\n" if pretty_print else ""))


def _entity(value: Any) -> Any:
    """What a resource of the server is about, for resources; else the value itself."""
    return value.__dict__.get("superclass", value) if isinstance(value, GeneratedsSuper) else value


def _accessors(member: _v3.Member) -> Iterator[tuple[str, Callable[..., Any]]]:
    attribute = member.attribute

    def get(self: Any) -> Any:
        return getattr(_entity(self), attribute)

    def put(self: Any, value: Any) -> None:
        setattr(_entity(self), attribute, value)

    def add(self: Any, value: Any) -> None:
        get(self).append(_entity(value))

    def insert(self: Any, index: int, value: Any) -> None:
        get(self)[index] = _entity(value)

    yield "get_" + member.name, get
    yield "set_" + member.name, put
    if member.many:
        yield "add_" + member.name, add
        yield "insert_" + member.name, insert


_classes: dict[str, type[GeneratedsSuper]] = {}


def struct_class(name: str) -> type[GeneratedsSuper]:
    known = _classes.get(name)
    if known is None:
        row = _v3.struct(name)
        base = struct_class(row.base) if row.base else GeneratedsSuper
        body: dict[str, Any] = {key: method for member in row.own for key, method in _accessors(member)}
        body.update(_type=name, __module__=__name__, superclass=base if row.base else None, subclass=None)
        known = _classes.setdefault(name, type(name, (base,), body))
    return known


def __getattr__(name: str) -> Any:
    if name in _v3.struct_names():
        return struct_class(name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


def __dir__() -> list[str]:
    return sorted([*_v3.struct_names(), "GeneratedsSuper", "parseString"])


# --- to XML and back -------------------------------------------------------------------------------


def _root(value: Any) -> str:
    """The element that an object is a document of."""
    name: str | None = value._type
    while name is not None:
        row = _v3.struct(name)
        if row.roots:
            return row.roots[0]
        name = row.base
    raise TypeError(f"A {value._type} can't be the root of a document")


def to_xml(value: Any) -> bytes:
    """A document of an object."""
    entity = _entity(value)
    if not isinstance(entity, GeneratedsSuper):
        raise TypeError(f"This is {value!r}, expected an object of ovirtsdk.xml.params")
    return ET.tostring(to_element(entity, _root(entity)))


def to_element(value: Any, tag: str) -> ET.Element:
    entity = _entity(value)
    element = ET.Element(tag)
    for member in _v3.struct(entity._type).members.values():
        content = getattr(entity, member.attribute)
        if content is None or member.name in _READ_ONLY:
            continue
        if member.form == "@":
            element.set(member.name, _text(member, content))
        elif member.form == "$":
            element.text = _text(member, content)
        else:
            for each in content if member.many else [content]:
                element.append(_child(entity, member, each))
    return element


def _child(owner: Any, member: _v3.Member, value: Any) -> ET.Element:
    if len(member.kind) > 1:
        if not isinstance(value, GeneratedsSuper):
            raise TypeError(f"'{owner._type}.{member.attribute}' is {value!r}, expected a {member.kind}")
        return to_element(value, member.name)
    element = ET.Element(member.name)
    element.text = _text(member, value)
    return element


def _text(member: _v3.Member, value: Any) -> str:
    # Division made floats of what were integers in the days of Python 2.
    whole = member.kind == "i" and isinstance(value, float) and value.is_integer()
    return _xml.text_of(int(value) if whole else value)


def from_element(element: ET.Element, name: str) -> Any:
    """The object of a type that an element describes. What the type does not know is left out."""
    members = _v3.struct(name).members
    values: dict[str, Any] = {}
    for key, text in element.attrib.items():
        member = members.get(key)
        if member is not None:
            values[member.attribute] = _value(member, text)
    for child in element:
        member = members.get(child.tag)
        if member is None or member.form:
            continue
        value = from_element(child, member.kind) if len(member.kind) > 1 else _value(member, child.text or "")
        if member.many:
            values.setdefault(member.attribute, []).append(value)
        else:
            values[member.attribute] = value
    for member in members.values():
        if member.form == "$" and element.text:
            values[member.attribute] = _value(member, element.text)
    return struct_class(name)(**values)


def _value(member: _v3.Member, text: str) -> str | int | float | bool | datetime.datetime:
    try:
        match member.kind:
            case "b":
                return text.strip().lower() in ("true", "1")
            case "i":
                return int(text)
            case "d":
                return float(text)
            case "t":
                return _xml.parse_time(text)
    except ValueError:
        # What a server wrote is shown as it is rather than lost.
        pass
    return text


def parse(document: bytes | str, name: str | None = None) -> Any:
    """The object that a document describes, of the type that is named or that its root says; None for an unknown root.

    :raises xml.etree.ElementTree.ParseError: when it is no XML
    """
    root = ET.fromstring(document)
    struct = name or _v3.roots().get(root.tag)
    return None if struct is None else from_element(root, struct)


def parseString(inString: bytes | str, silence: bool = False) -> Any:
    """The object that a document describes."""
    return parse(inString)
