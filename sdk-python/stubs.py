"""The stubs of the package ``overt``: what type checkers and editors know of the classes that are made at run time."""

from __future__ import annotations

import keyword
from typing import Any, Iterator

KINDS = {"S": "str", "I": "int", "D": "decimal.Decimal", "B": "bool", "T": "datetime.datetime"}

#: Parameters of searches that their iteration sets.
PAGING = ("search", "max", "follow")


def camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def python_name(name: str) -> str:
    return name + "_" if keyword.iskeyword(name) else name


class Model:
    """The model, with what its types inherit."""

    def __init__(self, model: dict[str, Any]) -> None:
        self.model = model
        self._types = {struct["name"]: struct for struct in model["types"]}
        self.services = {service["name"]: service for service in model["services"]}

    def members(self, name: str) -> dict[str, Any]:
        base = self._types[name].get("base")
        own = {member["name"]: member for member in self._types[name]["members"]}
        return {**(self.members(base) if base else {}), **own}

    def annotation(self, thing: dict[str, Any], given: bool) -> str:
        """The type of a member or parameter; what is given may be a name where an object is meant."""
        kind, name = thing["kind"], thing.get("type")
        one = KINDS.get(kind[-1]) or camel(name or "")
        if given and (kind[-1] == "E" or kind[-1] == "O" and {"id", "name"} <= self.members(name or "").keys()):
            one += " | str"
        if kind[0] == "L":
            one = f"Sequence[{one}]" if given else f"list[{one}]"
        return one


def types(model: Model) -> str:
    """``overt/types.pyi``."""
    lines = [
        "import datetime",
        "import decimal",
        "from enum import Enum",
        "from typing import Self, Sequence",
        "",
        "class Struct:",
        "    href: str | None",
        "",
    ]
    for enum in model.model["enums"]:
        lines.append(f"class {camel(enum['name'])}(str, Enum):")
        lines += [f"    {value['name'].upper()} = '{value['name']}'" for value in enum["values"]]
        lines.append("")
    for struct in model.model["types"]:
        base = struct.get("base")
        lines.append(f"class {camel(struct['name'])}({camel(base) if base else 'Struct'}):")
        members = sorted(model.members(struct["name"]).values(), key=lambda member: str(member["name"]))
        for member in struct["members"]:
            name, shown, taken = python_name(member["name"]), model.annotation(member, False), model.annotation(member, True)
            if shown == taken:
                lines.append(f"    {name}: {shown} | None")
            else:
                lines += [
                    "    @property",
                    f"    def {name}(self) -> {shown} | None: ...",
                    f"    @{name}.setter",
                    f"    def {name}(self, value: {taken} | None) -> None: ...",
                ]
        given = named(model, members)
        lines += [
            f"    def __init__(self{given}) -> None: ...",
            f"    def replace(self{given}) -> Self: ...",
            "",
        ]
    return "\n".join(lines)


def named(model: Model, things: list[dict[str, Any]]) -> str:
    """Arguments that have to be named and may be left out."""
    given = "".join(f", {python_name(each['name'])}: {model.annotation(each, True)} | None = ..." for each in things)
    return ", *" + given if things else ""


HEAD = """import datetime
import decimal
from typing import {names}

from overt.types import *
"""

SEARCH = """
T = TypeVar("T")

class Search(Generic[T]):
    def __iter__(self) -> Iterator[T]: ...
    def __aiter__(self) -> AsyncIterator[T]: ...

class Collection: ...
class Resource: ...
"""

CLIENT = """
class {name}({root}):
    def __init__(
        self,
        url: str,
        username: str | None = ...,
        password: str | None = ...,
        *,
        token: str | None = ...,
        ca: str | None = ...,
        insecure: bool = ...,
        timeout: float | None = ...,
    ) -> None: ...
"""


def client(model: Model, later: bool) -> str:
    """``overt/client.pyi``, or ``overt/aio.pyi`` with what has to be awaited."""
    typing = ["AsyncIterator", "Callable", "Self", "Sequence"]
    typing += [] if later else ["Generic", "Iterator", "TypeVar"]
    lines = [HEAD.format(names=", ".join(sorted(typing)))]
    lines.append("from overt.client import Collection, Resource, Search\n" if later else SEARCH)
    for service in model.services.values():
        lines += [*place(model, service, later), ""]
    root = class_name("system", later)
    if later:
        lines += [CLIENT.format(name="AsyncClient", root=root) + "    async def __aenter__(self) -> Self: ..."]
        lines += ["    async def __aexit__(self, *failure: object) -> None: ...", ""]
    else:
        lines += [CLIENT.format(name="Client", root=root) + "    def close(self) -> None: ..."]
        lines += ["    def __enter__(self) -> Self: ...", "    def __exit__(self, *failure: object) -> None: ...", ""]
    return "\n".join(lines)


def class_name(service: str, later: bool) -> str:
    return ("Async" if later else "") + camel(service) + "Service"


def place(model: Model, service: dict[str, Any], later: bool) -> Iterator[str]:
    operations = {each["name"]: each for each in service["operations"]}
    listing = "list" in operations
    define = "    async def" if later else "    def"
    yield f"class {class_name(service['name'], later)}({'Collection' if listing else 'Resource'}):"
    empty = True
    for locator in service["locators"]:
        if locator["segment"] != "*":
            yield "    @property"
            yield f"    def {python_name(locator['name'])}(self) -> {class_name(locator['service'], later)}: ..."
            empty = False
        elif listing:
            yield from entries(model, operations["list"], class_name(locator["service"], later))
            empty = False
    for name, operation in operations.items():
        parameters = [each for each in operation["parameters"] if each["in"]]
        body = content(operation)
        taken = named(model, [each for each in parameters if each is not body])
        if body is not None:
            taken = f", value: {model.annotation(body, False).replace('list[', 'Sequence[')}" + taken
        result = next((model.annotation(each, False) for each in operation["parameters"] if each["out"]), None)
        if operation["action"]:
            answer = f"{result} | None" if result else "Self"
        else:
            answer = result or "None"
        if name == "get" and "status" in model.members(out(operation) or "identified"):
            progress = "Callable[[str], object] | None"
            wait = f"status: str | Sequence[str], timeout: float = ..., progress: {progress} = ..."
            yield f"{define} wait(self, {wait}) -> {answer}: ..."
        yield f"{define} {python_name(name)}(self{taken}) -> {answer}: ..."
        empty = False
    if empty:
        yield "    ..."


def out(operation: dict[str, Any]) -> str | None:
    """The type of what an operation answers."""
    return next((each.get("type") for each in operation["parameters"] if each["out"]), None)


def content(operation: dict[str, Any]) -> dict[str, Any] | None:
    """The parameter that is the request's body, of an operation that is no action."""
    if operation["action"] or operation["name"] not in ("add", "update"):
        return None
    objects = [each for each in operation["parameters"] if each["in"] and each["kind"].endswith("O")]
    return next((each for each in objects if each["out"]), next(iter(objects), None))


def entries(model: Model, listing: dict[str, Any], resource: str) -> Iterator[str]:
    """How a collection leads to what is in it."""
    element = camel(out(listing) or "struct")
    others = [each for each in listing["parameters"] if each["in"] and each["name"] not in PAGING]
    more = named(model, others).removeprefix(", *")
    yield f"    def by_id(self, id: str) -> {resource}: ..."
    yield f"    def __getitem__(self, key: str | {element}) -> {resource}: ..."
    yield f"    def __iter__(self) -> Iterator[{element}]: ..." if resource[:5] != "Async" else (
        f"    def __aiter__(self) -> AsyncIterator[{element}]: ..."
    )
    yield f"    def search(self, query: str = ..., follow: Sequence[str] = ...{more}) -> Search[{element}]: ..."
