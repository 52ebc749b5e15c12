"""A day of an administrator, with ``ovirtsdk``. ``story_v4.py`` has to print the same."""

import time

import engine
from ovirtsdk.api import API
from ovirtsdk.infrastructure.errors import RequestError
from ovirtsdk.xml import params

NAME = "story"

api = API(url=engine.URL, username=engine.USER, password=engine.password(), ca_file=engine.CA)
print("product", api.get_product_info().get_name())

for old in api.vms.list(query="name=" + NAME):
    old.delete()
since = api.events.list(max=1)[0].get_id()

vm = api.vms.add(
    params.VM(
        name=NAME,
        description="told twice",
        cluster=api.clusters.get("Default"),
        template=api.templates.get(name="Blank"),
        memory=256 * 2**20,
        cpu=params.CPU(topology=params.CpuTopology(sockets=2, cores=1, threads=1)),
        os=params.OperatingSystem(boot=[params.Boot(dev="network")]),
    )
)
print("added", vm.name, vm.get_description(), vm.memory, vm.cpu.topology.sockets)


def await_status(wanted):
    end = time.monotonic() + 60
    while api.vms.get(name=NAME).get_status().get_state() != wanted:
        assert time.monotonic() < end, api.vms.get(id=vm.id).status.state
        time.sleep(0.05)
    print("status", wanted)


await_status("down")
print("found", [each.name for each in api.vms.list(query=f"name={NAME} and cluster=Default")])
print("listed", NAME in [each.name for each in api.vms.list()])

nic = vm.nics.add(params.NIC(name="nic1", network=params.Network(name="ovirtmgmt"), interface="virtio"))
network = api.networks.get(id=nic.network.id)
print("nic", nic.name, nic.interface, len(nic.mac.address), nic.active, network.name)

print("cluster", api.clusters.get(id=vm.cluster.id).name)
vm = api.vms.get(NAME)
vm.set_comment("changed")
vm.memory = 512 * 2**20
vm.memory_policy.guaranteed = 256 * 2**20
vm.update()
changed = api.vms.get(id=vm.id)
print("updated", changed.comment, changed.memory, changed.description)

vm.start()
await_status("up")
host = api.hosts.get(id=api.vms.get(NAME).host.id)
print("on a host of", api.clusters.get(id=host.cluster.id).name, host.status.state)
ticket = vm.ticket(params.Action(ticket=params.Ticket(expiry=60))).ticket
print("ticket", len(ticket.value), ticket.expiry)
try:
    vm.delete()
except RequestError as e:
    print("fault", e.status, e.detail)
vm.stop()
await_status("down")

role = api.roles.get(name="UserRole")
user = api.users.list(query="name=admin")[0]
vm.permissions.add(params.Permission(role=role, user=params.User(id=user.id)))
print("permitted", sorted({api.roles.get(id=each.role.id).name for each in vm.permissions.list()}))
tag = api.tags.add(params.Tag(name="story-told"))
vm.tags.add(params.Tag(name="story-told"))
print("tagged", [each.name for each in vm.tags.list()])
tag.delete()

codes = [each.code for each in api.events.list(from_event_id=since) if each.vm is not None and each.vm.id == vm.id]
print("events", [code in codes for code in (34, 32, 33)])

vm.delete()
try:
    api.vms.get(id=vm.id).start()
except AttributeError:
    print("gone", 404)
api.disconnect()
