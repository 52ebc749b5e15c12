#!/usr/bin/env python3
"""Makes the wheel of the Python SDK: the packages below src/main/python, and the tables that the model gives.

Nothing but Python itself is needed, and the same sources give the same bytes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import zipfile
from pathlib import Path
from typing import Any, Iterator

import stubs

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "src/main/python"
SCHEMA3 = HERE / "src/main/schema/v3.schema"
EPOCH = (2026, 1, 1, 0, 0, 0)


def tables(model: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """What the packages read at run time: the shape of everything, and apart from that what is said of it."""
    table: dict[str, Any] = {
        "enums": {enum["name"]: [value["name"] for value in enum["values"]] for enum in model["enums"]},
        "types": {
            struct["name"]: [
                struct["tag"],
                struct["plural_tag"],
                struct.get("base"),
                [
                    [each["name"], each["tag"], each["kind"], each.get("type"), each.get("item", ""), each["link"]]
                    for each in struct["members"]
                ],
            ]
            for struct in model["types"]
        },
        "services": {
            service["name"]: [
                {
                    each["name"]: [
                        each["action"],
                        each["segment"],
                        [
                            [one["name"], one["in"], one["out"], one["kind"], one.get("type")]
                            for one in each["parameters"]
                        ],
                        each["signatures"],
                    ]
                    for each in service["operations"]
                },
                {each["name"]: [each["segment"], each["service"]] for each in service["locators"]},
            ]
            for service in model["services"]
        },
    }
    return table, dict(documentation(model))


def version3(schema: str) -> dict[str, Any]:
    """The same for version 3, of the text that describes it."""
    types: dict[str, Any] = {}
    places: dict[str, Any] = {}
    members: list[Any] = []
    for line in schema.splitlines():
        words = line.split()
        if not words or words[0] == "#":
            continue
        if line[0] == " ":
            members.append(words)
        elif line[0] == "/":
            places[words[0]] = [words[1], dict(map(operation, words[2:]))]
        else:
            members = []
            roots = re.search("<(.*)>", line)
            base = words[2] if ":" in words else None
            types[words[0]] = [base, roots[1].split() if roots else [], members]
    return {"types": types, "places": places}


def operation(text: str) -> tuple[str, list[Any]]:
    """``get(max)``, ``delete=Action``, ``!start``: the name, the segment of an action, the body, the parameters."""
    found = re.fullmatch(r"(!?)(\w+)(?:=(\w+))?(?:\(([\w,]*)\))?", text)
    if found is None:
        raise ValueError(f"'{text}' is no operation")
    action, name, other, parameters = found.groups()
    listed = parameters.split(",") if parameters else []
    return name, [other or name, None, listed] if action else [None, other, listed]


def documentation(model: dict[str, Any]) -> Iterator[tuple[str, str]]:
    def said(path: str, things: list[dict[str, Any]], *below: str) -> Iterator[tuple[str, str]]:
        for thing in things:
            here = f"{path}/{thing['name']}"
            if thing.get("doc"):
                yield here, thing["doc"]
            for part in below:
                yield from said(here, thing.get(part, []), "parameters")

    yield from said("types", model["types"], "members")
    yield from said("enums", model["enums"], "values")
    yield from said("services", model["services"], "operations", "locators")


def compact(content: Any) -> bytes:
    return json.dumps(content, separators=(",", ":"), sort_keys=True).encode()


def contents(model: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(SOURCES.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(SOURCES).as_posix(), file.read_bytes()
    known = json.loads(model.read_bytes())
    table, said = tables(known)
    shapes = stubs.Model(known)
    yield "overt/types.pyi", stubs.types(shapes).encode()
    yield "overt/client.pyi", stubs.client(shapes, False).encode()
    yield "overt/aio.pyi", stubs.client(shapes, True).encode()
    yield "overt/_model.json", compact(table)
    yield "overt/_model_docs.json", compact(said)
    yield "ovirtsdk/_v3.json", compact(version3(SCHEMA3.read_text()))


def metadata(version: str) -> str:
    return (
        "Metadata-Version: 2.1\n"
        "Name: overt-sdk\n"
        f"Version: {version}\n"
        "Summary: Clients for oVirt's API: overt, and the interfaces of ovirtsdk4 and ovirtsdk\n"
        "License: Apache-2.0\n"
        "Requires-Python: >=3.10\n"
    )


def record(name: str, content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(content)}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="model.json")
    parser.add_argument("--version", required=True, help="such as 0.1.0.dev0")
    parser.add_argument("--out", type=Path, required=True, help="the directory that gets the wheel")
    parser.add_argument("--unpack", type=Path, help="a directory that gets its contents, to be imported from")
    arguments = parser.parse_args()
    files = list(contents(arguments.model))
    information = f"overt_sdk-{arguments.version}.dist-info"
    files += [
        (f"{information}/METADATA", metadata(arguments.version).encode()),
        (f"{information}/WHEEL", b"Wheel-Version: 1.0\nGenerator: overt\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
    ]
    listing = "".join(record(name, content) for name, content in files) + f"{information}/RECORD,,\n"
    files.append((f"{information}/RECORD", listing.encode()))
    arguments.out.mkdir(parents=True, exist_ok=True)
    wheel = arguments.out / f"overt_sdk-{arguments.version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
            if arguments.unpack is not None:
                target = arguments.unpack / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
    print(wheel)


if __name__ == "__main__":
    main()
