"""What programs written for oVirt's Python SDK do, against an engine."""

import inspect
import subprocess
import sys
import time
import unittest
from contextlib import closing
from xml.etree import ElementTree

import engine
import ovirtsdk4 as sdk
from overt import _xml
from ovirtsdk4 import services, types


def connect(**changes):
    settings = {
        "url": engine.URL,
        "username": engine.USER,
        "password": engine.password(),
        "ca_file": engine.CA,
    }
    return sdk.Connection(**{**settings, **changes})


def wait(read, wanted, seconds=60):
    end = time.monotonic() + seconds
    while (seen := read()) != wanted:
        if time.monotonic() > end:
            raise AssertionError(f"still {seen}, not {wanted}")
        time.sleep(0.05)


class LifeOfAMachine(unittest.TestCase):
    def test_from_birth_to_removal(self):
        with connect() as connection:
            vms = connection.system_service().vms_service()
            vm = vms.add(
                types.Vm(
                    name="python4",
                    description="ä < 'ö'",
                    cluster=types.Cluster(name="Default"),
                    template=types.Template(name="Blank"),
                    memory=256 * 2**20,
                    os=types.OperatingSystem(boot=types.Boot(devices=[types.BootDevice.NETWORK])),
                ),
                query={"clone": False},
            )
            service = vms.vm_service(vm.id)
            self.assertEqual("ä < 'ö'", vm.description)
            self.assertEqual([types.BootDevice.NETWORK], service.get().os.boot.devices)
            wait(lambda: service.get().status, types.VmStatus.DOWN)
            nic = service.nics_service().add(types.Nic(name="nic1", interface=types.NicInterface.VIRTIO))
            self.assertRegex(nic.mac.address, "^(..:){5}..$")
            self.assertEqual(["nic1"], [each.name for each in connection.follow_link(service.get().nics)])
            self.assertEqual(["nic1"], [each.name for each in service.get(follow="nics").nics])
            self.assertEqual("Default", connection.follow_link(service.get().cluster).name)
            self.assertEqual([], connection.follow_link(service.get().disk_attachments))

            service.start()
            wait(lambda: service.get().status, types.VmStatus.UP)
            self.assertIsNotNone(service.get().start_time.tzinfo)
            with self.assertRaises(sdk.Error) as refused:
                service.remove()
            self.assertEqual(409, refused.exception.code)
            self.assertEqual("Operation Failed", refused.exception.fault.reason)
            self.assertIn(refused.exception.fault.detail, str(refused.exception))
            service.stop()
            wait(lambda: service.get().status, types.VmStatus.DOWN)

            changed = service.update(types.Vm(comment="changed"))
            self.assertEqual(("changed", "python4"), (changed.comment, changed.name))
            service.remove()
            with self.assertRaises(sdk.NotFoundError):
                service.get()

    def test_events_and_permissions(self):
        with connect() as connection:
            system = connection.system_service()
            self.assertEqual(3, len(system.events_service().list(max=3)))
            since = system.events_service().list(max=1)[0].index
            event = system.events_service().add(
                types.Event(
                    description="the backup has ended",
                    severity=types.LogSeverity.NORMAL,
                    origin="python",
                    custom_id=int(time.time()),
                )
            )
            self.assertIn(event.id, [each.id for each in system.events_service().list(from_=int(since))])
            roles = {role.name: role for role in system.roles_service().list()}
            tag = system.tags_service().add(types.Tag(name="python4"))
            permission = system.permissions_service().add(
                types.Permission(user=types.User(id=system.users_service().list()[0].id), role=roles["UserRole"])
            )
            system.permissions_service().permission_service(permission.id).remove()
            system.tags_service().tag_service(tag.id).remove()


class Connections(unittest.TestCase):
    def test_the_server_is_not_trusted_without_its_authority(self):
        with closing(connect(ca_file=None)) as connection, self.assertRaises(sdk.ConnectionError):
            connection.test(raise_exception=True)
        with connect(ca_file=None, insecure=True) as connection:
            self.assertTrue(connection.test())

    def test_a_wrong_password_is_told_and_not_repeated(self):
        with closing(connect(password="s3cr3t-but-wrong")) as connection, self.assertRaises(sdk.AuthError) as refused:
            connection.authenticate()
        self.assertNotIn("s3cr3t", str(refused.exception))

    def test_a_token_can_be_used_elsewhere(self):
        connection = connect()
        with connect(username=None, password=None, token=connection.authenticate()) as other:
            self.assertTrue(other.test(raise_exception=True))
            connection.close()
            self.assertFalse(other.test())

    def test_calls_can_be_under_way_together(self):
        with connect(connections=4) as connection:
            hosts = connection.system_service().hosts_service()
            futures = [hosts.host_service(host.id).get(wait=False) for host in hosts.list()]
            self.assertEqual({host.name for host in hosts.list()}, {future.wait().name for future in futures})

    def test_what_is_wrong_with_an_address_is_said(self):
        with self.assertRaisesRegex(sdk.Error, "'engine.example.com'"):
            sdk.Connection(url="engine.example.com")


class Shapes(unittest.TestCase):
    """What tools find when they look into classes and objects."""

    def test_methods_show_their_parameters(self):
        # Ansible's collection looks for these names.
        self.assertIn("search", inspect.getfullargspec(services.VmsService.list)[0])
        self.assertIn("from_", inspect.getfullargspec(services.EventsService.list)[0])
        self.assertEqual("vm", inspect.getfullargspec(services.VmsService.add)[0][1])
        self.assertIn("virtual machine", services.VmsService.add.__doc__)

    def test_operations_have_a_name_for_each_signature(self):
        names = dir(services.VmsService) + dir(services.HostsService) + dir(services.StorageDomainsService)
        for name in ("add_from_scratch", "add_from_snapshot", "add_using_ssh", "add_block_domain"):
            self.assertIn(name, names)

    def test_objects_keep_members_below_underscored_names(self):
        self.assertEqual("x", vars(types.Vm(name="x"))["_name"])
        self.assertIsNone(vars(types.StorageDomain())["_import_"])
        self.assertEqual(12, types.Vlan(12).id)

    def test_a_list_that_is_told_and_linked_keeps_both(self):
        label = '<affinity_label><link href="/api/l/1/vms" rel="vms"/><vms><vm id="7"/></vms></affinity_label>'
        vms = _xml.read(ElementTree.fromstring(label), "affinity_label", types.FLAVOUR).vms
        self.assertEqual(("/api/l/1/vms", ["7"]), (vms.href, [vm.id for vm in vms]))

    def test_all_types_and_services_can_be_made(self):
        for name in dir(types):
            self.assertEqual(name, getattr(types, name).__name__)
        for name in dir(services):
            self.assertEqual(name, getattr(services, name).__name__)

    def test_mistakes_are_found_early(self):
        with self.assertRaisesRegex(TypeError, "'nmae'"):
            types.Vm(nmae="x")
        with self.assertRaisesRegex(TypeError, "'Vm.cluster'.*'Cluster'.*'str'"):
            types.Vm(cluster="Default")
        with self.assertRaises(AttributeError):
            types.NoSuchType

    def test_the_import_is_quick(self):
        code = "import time; s = time.process_time(); import ovirtsdk4.types; print(time.process_time() - s)"
        least = min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5))
        self.assertLess(least, 0.15)


if __name__ == "__main__":
    unittest.main()
