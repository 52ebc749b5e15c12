"""What programs written for version 3 do, against an engine."""

import inspect
import os
import subprocess
import sys
import unittest

import engine
import ovirtsdk4 as sdk
from ovirtsdk.api import API
from ovirtsdk.infrastructure import brokers, errors
from ovirtsdk.xml import params
from ovirtsdk4 import types

# As in "Utilizing oVirt's extensibility to fit your needs", 2014.
TALK = """\
from ovirtsdk.api import API
from ovirtsdk.xml import params
api = API(url='http://localhost:8080',
          username='user@domain',
          password='password')
cluster = api.clusters.get(name='Default')
template = api.templates.get(name='RHEL7_0')
param = params.VM(name='RHEL_VM1',
                  cluster=cluster,
                  template=template,
                  memory=4*1024**3)
vm1 = api.vms.add(param)
"""


def connect(**changes):
    settings = {"url": engine.URL, "username": engine.USER, "password": engine.password(), "ca_file": engine.CA}
    return API(**{**settings, **changes})


def run(*arguments, text="", **environment):
    done = subprocess.run(
        [sys.executable, *arguments],
        input=text,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


def machine(name, **members):
    boot = params.OperatingSystem(boot=[params.Boot(dev="network")])
    blank = params.Template(name="Blank")
    return params.VM(name=name, cluster=params.Cluster(name="Default"), template=blank, os=boot, **members)


class TheTalk(unittest.TestCase):
    def test_its_example_adds_a_machine(self):
        with sdk.Connection(
            url=engine.URL, username=engine.USER, password=engine.password(), ca_file=engine.CA
        ) as connection:
            system = connection.system_service()
            vms, templates = system.vms_service(), system.templates_service()
            source = vms.add(
                types.Vm(name="talk", cluster=types.Cluster(name="Default"), template=types.Template(name="Blank"))
            )
            engine.until(lambda: vms.vm_service(source.id).get().status == types.VmStatus.DOWN)
            template = templates.add(types.Template(name="RHEL7_0", vm=types.Vm(id=source.id)))
            engine.until(lambda: templates.template_service(template.id).get().status == types.TemplateStatus.OK)
            program = TALK.replace("http://localhost:8080", os.environ["OVERT_HTTP_URL"])
            program = program.replace("user@domain", engine.USER).replace("'password'", repr(engine.password()))
            run("-", text=program)
            (made,) = vms.list(search="name=RHEL_VM1", follow="cluster,template")
            self.assertEqual(
                (4 * 2**30, "Default", "RHEL7_0"), (made.memory, made.cluster.name, made.template.name)
            )
            engine.until(lambda: vms.vm_service(made.id).get().status == types.VmStatus.DOWN)
            for each in (made, source):
                vms.vm_service(each.id).remove()
            engine.until(lambda: not vms.list(search="name=RHEL_VM1"))
            templates.template_service(template.id).remove()


class Stories(unittest.TestCase):
    def test_version_3_and_version_4_tell_the_same(self):
        told = run("story_v4.py")
        self.assertEqual(told, run("story_v3.py"))
        self.assertIn("gone 404", told)

    def test_servers_without_version_3_are_told_the_same_in_version_4(self):
        # The path decides before the header does: here nobody speaks version 3.
        self.assertEqual(run("story_v3.py"), run("story_v3.py", OVERT_URL=engine.URL + "/v4"))


class Connecting(unittest.TestCase):
    def test_the_wrong_password_is_a_request_error(self):
        with self.assertRaises(errors.RequestError) as refused:
            connect(password="wrong")
        self.assertEqual(401, refused.exception.status)
        self.assertIn("status: 401", str(refused.exception))

    def test_an_authority_is_asked_for(self):
        with self.assertRaises(errors.NoCertificatesError):
            connect(ca_file=None)
        connect(ca_file=None, insecure=True).disconnect()

    def test_nobody_there_is_a_connection_error(self):
        with self.assertRaises(errors.ConnectionError):
            connect(url="https://localhost:1/ovirt-engine/api")

    def test_after_its_end_a_connection_is_of_no_use(self):
        api = connect()
        self.assertTrue(api.test())
        api.disconnect()
        with self.assertRaises(errors.DisconnectedError):
            api.vms.list()
        with self.assertRaises(errors.DisconnectedError):
            api.test()

    def test_a_session_is_kept_and_ended(self):
        api = connect(session_timeout=5)
        cookie = api._session._cookie
        self.assertIsNotNone(cookie)
        api.vms.list(max=1)
        self.assertEqual(cookie, api._session._cookie)
        api.disconnect()
        late = connect()
        late._session._cookie = cookie
        with self.assertRaises(errors.RequestError) as refused:
            late.vms.list()
        self.assertEqual(401, refused.exception.status)
        late.set_renew_session(True)
        self.assertIsInstance(late.vms.list(), list)
        late.disconnect()

    def test_the_root_tells_of_the_server(self):
        with connect() as api:
            self.assertEqual("3", api._session.dialect.version)
            links = {link.rel: link.href for link in api.get_special_objects().get_link()}
            self.assertEqual("Blank", api.templates.get(id=links["templates/blank"].rsplit("/", 1)[1]).name)
            self.assertGreaterEqual(api.get_summary().get_hosts().get_total(), 1)
            self.assertIsNotNone(api.get_time().tzinfo)
            versions = [f"{each.major}.{each.minor}" for each in api.capabilities.list()]
            self.assertIn("4.7", versions)


class Collections(unittest.TestCase):
    URL = engine.URL

    @classmethod
    def setUpClass(cls):
        cls.api = connect(url=cls.URL)
        cls.addClassCleanup(cls.api.disconnect)

    def made(self, name, **members):
        vm = self.api.vms.add(machine(name, **members))
        self.addCleanup(vm.delete)
        engine.until(lambda: self.api.vms.get(id=vm.id).status.state == "down")
        return vm

    def test_what_is_found(self):
        self.made("p3-one", description="a")
        self.made("p3-two", description="b")
        vms = self.api.vms
        self.assertEqual(["p3-one"], [each.name for each in vms.list(description="a", name="p3-*")])
        self.assertEqual(2, len(vms.list(query="name=p3-*")))
        self.assertEqual(1, len(vms.list(query="name=p3-*", max=1)))
        self.assertEqual(["p3-two"], [each.name for each in vms.list(**{"name": "p3-*", "description": "b"})])
        self.assertIsNone(vms.get(name="p3-none"))
        self.assertIsNone(vms.get(id="00000000-0000-0000-0000-00000000abcd"))
        with self.assertRaises(errors.AmbiguousQueryError):
            vms.get(name="p3-*")
        with self.assertRaises(errors.MissingParametersError):
            vms.get()

    def test_objects_of_the_server_are_objects_of_params(self):
        vm = self.made("p3-object")
        self.assertIsInstance(vm, params.VM)
        self.assertIsInstance(vm, brokers.VM)
        self.assertIsInstance(vm.superclass, params.VM)
        nic = vm.nics.add(params.NIC(name="nic1", interface="virtio"))
        self.assertIs(vm, nic.parentclass)
        self.assertEqual("nic1", vm.nics.get(name="nic1").name)
        nic.set_name("nic2")
        self.assertEqual("nic2", nic.update().name)
        nic.delete()
        self.assertEqual([], vm.nics.list())

    def domain(self):
        """A storage domain with data for machines of the cluster."""
        domains = self.api.datacenters.get(name="Default").storagedomains
        for each in domains.list():
            if each.type_ == "data" and each.status.state == "active":
                return each
        made = self.api.storagedomains.add(
            params.StorageDomain(
                name="p3-data",
                type_="data",
                host=self.api.hosts.list(query="status=up and cluster=Default")[0],
                storage=params.Storage(type_="nfs", address="storage.example.com", path="/exports/p3"),
            )
        )
        domains.add(params.StorageDomain(id=made.id))
        engine.until(lambda: domains.get(id=made.id).status.state == "active")
        return made

    def test_disks_of_a_machine(self):
        vm = self.made("p3-disks")
        disk = vm.disks.add(
            params.Disk(
                name="p3-disk",
                size=2**30,
                format="cow",
                sparse=True,
                interface="virtio",
                bootable=True,
                storage_domains=params.StorageDomains(storage_domain=[self.domain()]),
            )
        )
        engine.until(lambda: vm.disks.get(id=disk.id).status.state == "ok")
        seen = vm.disks.get(name="p3-disk")
        self.assertEqual((2**30, 2**30, "virtio", True, True), (
            seen.size, seen.provisioned_size, seen.interface, seen.bootable, seen.active,
        ))
        seen.deactivate()
        self.assertFalse(vm.disks.get(id=disk.id).active)
        seen.activate()
        self.assertTrue(vm.disks.get(id=disk.id).active)
        seen.delete(params.Action(detach=True))
        self.assertEqual([], vm.disks.list())
        kept = self.api.disks.get(alias="p3-disk")
        self.assertEqual(disk.id, kept.id)
        again = vm.disks.add(params.Disk(id=disk.id))
        again.delete()
        engine.until(lambda: self.api.disks.get(id=disk.id) is None)

    def test_what_actions_take_and_give(self):
        vm = self.made("p3-action")
        with self.assertRaises(errors.RequestError) as refused:
            vm.migrate()
        self.assertEqual(409, refused.exception.status)
        action = vm.start(params.Action(pause=True, **{"async": True}))
        self.assertIsInstance(action, params.Action)
        engine.until(lambda: self.api.vms.get(id=vm.id).status.state in ("paused", "up"))
        vm.stop(async_=False)
        engine.until(lambda: self.api.vms.get(id=vm.id).status.state == "down")

    def test_bad_values_are_named(self):
        with self.assertRaises(errors.RequestError) as refused:
            self.api.vms.add(machine("p3-bad", memory="much"))
        self.assertEqual(400, refused.exception.status)
        self.assertIn("memory", refused.exception.detail)
        self.assertIn("much", refused.exception.detail)
        with self.assertRaisesRegex(TypeError, "unexpected keyword argument 'nam'"):
            params.VM(nam="x")


class CollectionsOfVersion4(Collections):
    URL = engine.URL + "/v4"

    def test_it_is_spoken(self):
        self.assertEqual("4", self.api._session.dialect.version)


class Documents(unittest.TestCase):
    def test_members_have_keywords_attributes_and_accessors(self):
        vm = params.VM(name="a", type_="server")
        vm.set_memory(1024)
        vm.os = params.OperatingSystem(type_="rhel_7x64")
        vm.get_os().add_boot(params.Boot(dev="hd"))
        self.assertEqual(("a", 1024, "server"), (vm.get_name(), vm.memory, vm.get_type()))
        text = params.to_xml(vm).decode()
        self.assertIn('<os type="rhel_7x64"><boot dev="hd" /></os>', text)
        self.assertEqual(vm, params.parseString(text))

    def test_what_division_made_a_float_is_sent_as_an_integer(self):
        self.assertIn(b"<memory>2048</memory>", params.to_xml(params.VM(memory=4096 / 2)))

    def test_everything_describes_itself(self):
        self.assertEqual(["self", "vm", "correlation_id", "expect"], list(inspect.signature(brokers.VMs.add).parameters))
        for name in dir(brokers):
            self.assertTrue(inspect.isclass(getattr(brokers, name)), name)
        for name in dir(params):
            self.assertIsNotNone(getattr(params, name), name)


if __name__ == "__main__":
    unittest.main()
