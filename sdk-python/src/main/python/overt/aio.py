"""The client for asyncio, apart because importing asyncio takes longer than all the rest."""

from __future__ import annotations

import asyncio
from inspect import isawaitable
from typing import Any, AsyncIterator, Awaitable, Callable

from overt.client import _LOOK, Resource, _Client, _Watch


class _Named:
    """An object that is still to be found by its name, or what it leads to, by whoever awaits something of it."""

    def __init__(self, find: Callable[[], Awaitable[Any]]) -> None:
        self._find = find

    def __await__(self) -> Any:
        return self._find().__await__()

    def _after(self, step: Callable[[Any], Any]) -> _Named:
        async def find() -> Any:
            found = step(await self)
            return await found if isinstance(found, _Named) else found

        return _Named(find)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._after(lambda place: getattr(place, name))

    def __getitem__(self, key: Any) -> Any:
        return self._after(lambda place: place[key])

    async def __call__(self, *arguments: Any, **parameters: Any) -> Any:
        result = (await self)(*arguments, **parameters)
        return await result if isawaitable(result) else result

    async def __aiter__(self) -> AsyncIterator[Any]:
        async for each in await self:
            yield each


class AsyncClient(_Client):
    """A client for asyncio: every call is awaited, and iterations are asynchronous.

    >>> async with AsyncClient(url, user, password, ca="ca.pem") as client:
    ...     await asyncio.gather(*[client.vms[vm].start() async for vm in client.vms])
    """

    def _run(self, work: Callable[[], Any]) -> Any:
        return asyncio.to_thread(work)

    def _pick(self, find: Callable[[], Resource]) -> Any:
        return _Named(lambda: asyncio.to_thread(find))

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
