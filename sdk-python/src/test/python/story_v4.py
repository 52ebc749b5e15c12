"""A day of an administrator, with ``ovirtsdk4``. ``story_v3.py`` has to print the same."""

import time

import engine
import ovirtsdk4 as sdk
from ovirtsdk4 import types

NAME = "story"

connection = sdk.Connection(url=engine.URL, username=engine.USER, password=engine.password(), ca_file=engine.CA)
system = connection.system_service()
print("product", system.get().product_info.name)

vms = system.vms_service()
for old in vms.list(search="name=" + NAME):
    vms.vm_service(old.id).remove()
since = system.events_service().list(max=1)[0].index

vm = vms.add(
    types.Vm(
        name=NAME,
        description="told twice",
        cluster=types.Cluster(name="Default"),
        template=types.Template(name="Blank"),
        memory=256 * 2**20,
        cpu=types.Cpu(topology=types.CpuTopology(sockets=2, cores=1, threads=1)),
        os=types.OperatingSystem(boot=types.Boot(devices=[types.BootDevice.NETWORK])),
    )
)
print("added", vm.name, vm.description, vm.memory, vm.cpu.topology.sockets)
service = vms.vm_service(vm.id)


def await_status(wanted):
    end = time.monotonic() + 60
    while service.get().status.value != wanted:
        assert time.monotonic() < end, service.get().status
        time.sleep(0.05)
    print("status", wanted)


await_status("down")
print("found", [each.name for each in vms.list(search=f"name={NAME} and cluster=Default")])
print("listed", NAME in [each.name for each in vms.list()])

profiles = system.vnic_profiles_service().list()
profile = next(each for each in profiles if each.name == "ovirtmgmt")
nics = service.nics_service()
nic = nics.add(types.Nic(name="nic1", vnic_profile=types.VnicProfile(id=profile.id), interface=types.NicInterface.VIRTIO))
network = connection.follow_link(connection.follow_link(nic.vnic_profile).network)
print("nic", nic.name, nic.interface.value, len(nic.mac.address), nic.plugged, network.name)

print("cluster", connection.follow_link(service.get().cluster).name)
service.update(types.Vm(comment="changed", memory=512 * 2**20, memory_policy=types.MemoryPolicy(guaranteed=256 * 2**20)))
changed = service.get()
print("updated", changed.comment, changed.memory, changed.description)

service.start()
await_status("up")
host = connection.follow_link(service.get().host)
print("on a host of", connection.follow_link(host.cluster).name, host.status.value)
ticket = service.ticket(ticket=types.Ticket(expiry=60))
print("ticket", len(ticket.value), ticket.expiry)
try:
    service.remove()
except sdk.Error as e:
    print("fault", e.code, e.fault.detail.strip("[]"))
service.stop()
await_status("down")

role = next(each for each in system.roles_service().list() if each.name == "UserRole")
user = system.users_service().list(search="name=admin")[0]
permissions = service.permissions_service()
permissions.add(types.Permission(role=types.Role(id=role.id), user=types.User(id=user.id)))
print("permitted", sorted({connection.follow_link(each.role).name for each in permissions.list()}))
tags = system.tags_service()
tag = tags.add(types.Tag(name="story-told"))
service.tags_service().add(types.Tag(name="story-told"))
print("tagged", [each.name for each in service.tags_service().list()])
tags.tag_service(tag.id).remove()

codes = [each.code for each in system.events_service().list(from_=since) if each.vm is not None and each.vm.id == vm.id]
print("events", [code in codes for code in (34, 32, 33)])

service.remove()
try:
    service.get()
except sdk.NotFoundError as e:
    print("gone", e.code)
connection.close()
