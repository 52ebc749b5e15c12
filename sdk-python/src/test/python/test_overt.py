"""The package ``overt`` against an engine."""

import asyncio
import subprocess
import sys
import unittest
from contextlib import closing

import engine
from overt import (
    ApiError,
    AsyncClient,
    Boot,
    Client,
    Conflict,
    Nic,
    NotFound,
    OperatingSystem,
    Tag,
    TransportError,
    Unauthorized,
    Vm,
    VmStatus,
    WaitTimeout,
)

NETWORK_BOOT = OperatingSystem(boot=Boot(devices=["network"]))


def machine(name, **members):
    return Vm(name=name, cluster="Default", template="Blank", memory=256 * 2**20, os=NETWORK_BOOT, **members)


def client(**changes):
    return Client(engine.URL, engine.USER, **{"password": engine.password(), "ca": engine.CA, **changes})


class LifeOfAMachine(unittest.TestCase):
    def test_from_birth_to_removal(self):
        with client() as c:
            vm = c.vms.add(machine("overt1", description="ä < 'ö'"))
            self.assertEqual(("ä < 'ö'", "overt1"), (vm.description, vm.name))
            place = c.vms["overt1"]
            self.assertEqual(VmStatus.DOWN, place.wait("down", timeout=20).status)
            self.assertEqual("nic1", place.nics.add(Nic(name="nic1", interface="virtio")).name)
            seen = []
            self.assertEqual("up", place.start().wait(VmStatus.UP, timeout=60, progress=seen.append).status)
            self.assertEqual("up", seen[-1])
            (found,) = c.vms.search("name=overt1 and status=up", follow=["nics", "cluster"])
            self.assertEqual((["nic1"], "Default"), ([nic.name for nic in found.nics], found.cluster.name))
            with self.assertRaises(Conflict) as refused:
                c.vms[found].remove()
            self.assertIn("overt1", refused.exception.detail)
            self.assertRegex(refused.exception.correlation_id, "^[0-9a-f-]{36}$")
            with self.assertRaises(WaitTimeout) as waited:
                place.wait("down", timeout=0.1)
            self.assertEqual("up", waited.exception.seen)
            place.stop()
            place.wait("down", timeout=20)
            self.assertEqual("changed", place.update(Vm(comment="changed")).comment)
            place.remove()
            with self.assertRaises(NotFound):
                c.vms["overt1"]

    def test_machines_that_are_started_together(self):
        async def together():
            async with AsyncClient(engine.URL, engine.USER, engine.password(), ca=engine.CA) as c:
                names = [f"overt-async-{number}" for number in range(3)]
                await asyncio.gather(*[c.vms.add(machine(name)) for name in names])
                await asyncio.gather(*[c.vms[name].wait("down", timeout=30) for name in names])
                await asyncio.gather(*[c.vms[vm].start() async for vm in c.vms.search("name=overt-async-*")])
                up = await asyncio.gather(*[c.vms[name].wait("up", timeout=60) for name in names])
                for vm in up:
                    await c.vms[vm].stop()
                    await c.vms[vm].wait("down", timeout=30)
                    await c.vms[vm].remove()
                return [vm.name for vm in up]

        self.assertEqual([f"overt-async-{number}" for number in range(3)], asyncio.run(together()))


class Reading(unittest.TestCase):
    def test_long_lists_come_page_by_page(self):
        with client() as c:
            since = c.events.list(max=1)[0].index
            tags = [c.tags.add(Tag(name=f"overt-{number}")) for number in range(3)]
            for tag in tags:
                c.tags[tag.name].remove()
            pages = []
            search = c.events.search()
            read = search._page
            search._page = lambda number: pages.append(number) or read(number)
            events = iter(search)
            newest = [next(events) for _ in range(5)]
            self.assertEqual([1], pages)
            self.assertGreater(newest[0].index, since)

    def test_the_root_tells_what_there_is(self):
        with client() as c:
            self.assertIn("vms", dir(c))
            self.assertGreater(c.get().summary.hosts.total, 0)
            with self.assertRaisesRegex(AttributeError, "'virtual_machines'.*vms"):
                c.virtual_machines


class Refusals(unittest.TestCase):
    def test_who_may_not_come_in(self):
        with closing(client(password="s3cr3t-but-wrong")) as c, self.assertRaises(Unauthorized) as refused:
            c.get()
        self.assertNotIn("s3cr3t", str(refused.exception))
        with closing(client(ca=None)) as c, self.assertRaises(TransportError):
            c.get()

    def test_what_the_model_does_not_know(self):
        with self.assertRaisesRegex(ValueError, "'Vm.status' is 'upp', expected one of .*powering_up"):
            Vm(status="upp")
        with self.assertRaisesRegex(TypeError, "has no member 'nmae'; it has .*name"):
            Vm(nmae="x")
        with self.assertRaisesRegex(TypeError, "'Vm.nics' is 'nic1', expected a list"):
            Vm(nics="nic1")
        with client() as c, self.assertRaisesRegex(TypeError, "'hots'; it has .*host"):
            c.vms.by_id("0").migrate(hots="x")

    def test_what_the_server_refuses(self):
        with client() as c, self.assertRaises(ApiError) as refused:
            c.vms.add(machine("overt2").replace(cluster="no such cluster"))
        self.assertIn("no such cluster", str(refused.exception))


class Values(unittest.TestCase):
    def test_unset_is_not_empty(self):
        self.assertIsNone(Vm().comment)
        self.assertEqual("Vm()", repr(Vm()))
        changed = Vm(name="a").replace(comment=None)
        self.assertEqual("Vm(name='a', comment=None)", repr(changed))
        self.assertNotEqual(Vm(name="a"), changed)

    def test_references_by_text(self):
        self.assertEqual("Default", Vm(cluster="Default").cluster.name)
        self.assertEqual("0" * 8, Vm(cluster="00000000-0000-0000-0000-000000000000").cluster.id[:8])

    def test_the_import_is_quick(self):
        code = "import time; s = time.process_time(); from overt import Client, Vm; print(time.process_time() - s)"
        least = min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5))
        self.assertLess(least, 0.15)


if __name__ == "__main__":
    unittest.main()
