"""What libgovirt, the library below GNOME Boxes and remote-viewer, sees of an engine: one line for each thing."""

import os
import sys

import gi

gi.require_version("GoVirt", "1.0")
from gi.repository import GoVirt  # noqa: E402

address, authority, machine = sys.argv[1:]
proxy = GoVirt.Proxy.new(address)
proxy.props.username = "admin@internal"
with open(os.environ["OVERT_PASSWORD_FILE"], encoding="utf-8") as file:
    proxy.props.password = file.read().strip()
proxy.props.ssl_ca_file = authority
proxy.props.admin = True
api = proxy.fetch_api()

machines = api.get_vms()
machines.fetch(proxy)
vm = machines.lookup_resource(machine)
print("machine", vm.props.name, vm.props.state.value_nick)
for name in ("clusters", "data_centers", "hosts"):
    collection = getattr(api, "get_" + name)()
    collection.fetch(proxy)
    print(name, *sorted(collection.get_resources()))
print("ticket", vm.get_ticket(proxy), len(vm.props.display.props.ticket), vm.props.display.props.expiry)
vm.stop(proxy)
vm.refresh(proxy)
print("stopped", vm.props.state.value_nick)
