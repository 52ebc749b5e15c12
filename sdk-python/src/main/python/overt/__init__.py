"""Clients for oVirt's API, with types, services and texts from its model.

>>> from overt import Client, Vm
>>> with Client("https://engine/ovirt-engine/api", "admin@internal", password, ca="ca.pem") as client:
...     client.vms.add(Vm(name="web01", cluster="Default", template="Blank"))
...     client.vms["web01"].start().wait("up", timeout=180)
...     for vm in client.vms.search("status=up", follow=["nics"]):
...         print(vm.name, vm.nics[0].mac.address)

All types are names of this package as well; see :mod:`overt.types`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from overt.aio import AsyncClient as AsyncClient
    from overt.client import Client as Client
    from overt.client import Collection as Collection
    from overt.client import Resource as Resource
    from overt.client import Search as Search
    from overt.errors import *  # noqa: F403
    from overt.types import *  # noqa: F403

__version__ = "0.1.0.dev0"

_HOMES = {
    "AsyncClient": "overt.aio",
    "Client": "overt.client",
    "Collection": "overt.client",
    "Resource": "overt.client",
    "Search": "overt.client",
}


def __getattr__(name: str) -> Any:
    if name.startswith("_"):
        raise AttributeError(name)
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    errors = import_module("overt.errors")
    return getattr(errors if name in errors.__all__ else import_module("overt.types"), name)


def __dir__() -> list[str]:
    errors, types = import_module("overt.errors"), import_module("overt.types")
    return sorted([*_HOMES, *errors.__all__, *dir(types)])
