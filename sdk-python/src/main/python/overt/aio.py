"""The client for asyncio, apart because importing asyncio takes longer than all the rest."""

from __future__ import annotations

import asyncio
from typing import Any, Callable

from overt.client import _LOOK, Resource, _Client, _Watch


class _Named:
    """An object that is still to be found by its name, by whoever awaits something of it."""

    def __init__(self, find: Callable[[], Resource]) -> None:
        self._find = find

    def __await__(self) -> Any:
        return asyncio.to_thread(self._find).__await__()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)

        async def call(*arguments: Any, **parameters: Any) -> Any:
            return await getattr(await self, name)(*arguments, **parameters)

        return call


class AsyncClient(_Client):
    """A client for asyncio: every call is awaited, and iterations are asynchronous.

    >>> async with AsyncClient(url, user, password, ca="ca.pem") as client:
    ...     await asyncio.gather(*[client.vms[vm].start() async for vm in client.vms])
    """

    def _run(self, work: Callable[[], Any]) -> Any:
        return asyncio.to_thread(work)

    def _pick(self, find: Callable[[], Resource]) -> Any:
        return _Named(find)

    async def _wait(
        self, place: Resource, wanted: list[str], timeout: float, progress: Callable[[str], object] | None
    ) -> Any:
        watch = _Watch(place, wanted, timeout, progress)
        while (value := await asyncio.to_thread(watch.look)) is None:
            await asyncio.sleep(_LOOK)
        return value

    async def __aenter__(self) -> AsyncClient:
        return self

    async def __aexit__(self, *failure: object) -> None:
        await asyncio.to_thread(self._close)
