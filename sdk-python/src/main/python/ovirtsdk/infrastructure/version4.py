"""Servers that speak version 4 alone: requests of version 3 and their answers, told in its terms."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import Any, Callable

from ovirtsdk import _v3
from ovirtsdk.infrastructure.errors import RequestError
from ovirtsdk.infrastructure.session import Call, Session
from ovirtsdk.xml import params
from ovirtsdk.xml.params import struct_class

#: Elements that are called differently, wherever they stand.
_TAGS = {
    "vmpool": "vm_pool",
    "vmpools": "vm_pools",
    "label": "network_label",
    "labels": "network_labels",
    "selinux": "se_linux",
    "cluster_quota_limit": "quota_cluster_limit",
    "storage_quota_limit": "quota_storage_limit",
    "openstack_image": "open_stack_image",
    "openstack_image_provider": "open_stack_image_provider",
    "openstack_network_provider": "open_stack_network_provider",
    "openstack_volume_provider": "open_stack_volume_provider",
    "openstack_volume_type": "open_stack_volume_type",
}

#: Members that are called differently. What is missing in version 4 is made by the hooks below.
_MEMBERS = {
    ("CPU", "id"): "type",
    ("Disk", "size"): "provisioned_size",
    ("MemoryPolicy", "overcommit"): "over_commit",
    ("NIC", "active"): "plugged",
    ("Statistic", "type"): "kind",
    ("SchedulingPolicy", "policy"): "name",
}

#: Members that stand in an element of their own, where version 3 repeats them.
_WRAPPED = {
    ("CpuTune", "vcpu_pin"): "vcpu_pins",
    ("Storage", "logical_unit"): "logical_units",
    ("VolumeGroup", "logical_unit"): "logical_units",
}

_ACTIONS = {
    "preview_snapshot": "previewsnapshot",
    "commit_snapshot": "commitsnapshot",
    "undo_snapshot": "undosnapshot",
}

#: What a removal says in its body, and version 4 in its address.
_REMOVAL = ("force", "detach_only", "destroy", "format", "host")

#: Places that moved.
_PLACES = [
    (re.compile(r"/datacenters/[^/]+(/networks/[^/]+/.+)"), r"\1"),
    (re.compile(r"(/networks/[^/]+|/nics/[^/]+)/labels"), r"\1/networklabels"),
]

_DISKS = re.compile(r"/(vms|templates)/([^/]+)/disks(?:/([^/]+)(?:/(\w+))?)?(/.*)?")


class Version4:
    """The dialect of such servers."""

    version = "4"

    def call(self, session: Session, call: Call) -> Any:
        disks = _DISKS.fullmatch(call.path)
        if disks is not None and disks[5] is None:
            return _Disks(session, call, f"/{disks[1]}/{disks[2]}/diskattachments").call(disks[3], disks[4])
        if call.path.startswith("/capabilities"):
            return _capabilities(session, call.path.removeprefix("/capabilities").strip("/"))
        return send(session, call)


def send(session: Session, call: Call) -> Any:
    """A request whose path both versions know, but for names."""
    place = call.path
    for moved, now in _PLACES:
        place = moved.sub(now, place)
    path, _, last = place.rpartition("/")
    query = dict(call.query)
    body = call.body
    if call.method == "DELETE":
        query.update(_removal(body))
        body = None
    if call.method == "POST" and call.expects in ("VM", "Template") and body is not None:
        query["clone"] = getattr(getattr(body, "disks", None), "clone", None)
        query["clone_permissions"] = getattr(body.permissions, "clone", None)
    content = None
    if body is not None:
        content = ET.tostring(_element(body, _tag(params._root(body)), session))
    address = f"{path}/{_ACTIONS.get(last, last)}" if last else place
    root = session.document(call.method, address, call.matrix, query, content, call.headers)
    return None if root is None else _entity(root, call.expects, session)


def _removal(body: Any) -> dict[str, Any]:
    found = {}
    for name in _REMOVAL:
        disks = getattr(getattr(body, "vm", None), "disks", None)
        value = getattr(disks if name == "detach_only" else body, name, None)
        if name == "host" and value is not None:
            value = value.id or value.name
        found[name] = value
    return found


class _Disks:
    """The disks of a machine, which version 4 knows as attachments of disks."""

    def __init__(self, session: Session, call: Call, attachments: str) -> None:
        self._session = session
        self._call = call
        self._attachments = attachments

    def call(self, disk: str | None, action: str | None) -> Any:
        call, here = self._call, f"{self._attachments}/{disk}"
        if action in ("activate", "deactivate"):
            self._send("PUT", here, self._attachment(None, {"active": str(action == "activate").lower()}))
            return struct_class("Action")(status=struct_class("Status")(state="complete"))
        if action is not None:
            call.path = f"/disks/{disk}/{action}"
            return send(self._session, call)
        if call.method == "DELETE":
            self._send("DELETE", here)
            if not getattr(call.body, "detach", None):
                self._session.document("DELETE", f"/disks/{disk}", query={"async": call.matrix.get("async")})
            return None
        if call.method in ("POST", "PUT"):
            given = {name: getattr(call.body, name) for name in ("bootable", "interface", "active")}
            if call.method == "POST":
                # Version 4 asks for what servers of version 3 assumed.
                assumed = {"bootable": False, "interface": "virtio", "active": True}
                given = {name: assumed[name] if value is None else value for name, value in given.items()}
            made = self._send(call.method, self._attachments if disk is None else here, self._attachment(call.body, given))
            return self._one(self._send("GET", f"{self._attachments}/{made.get('id')}"))
        found = self._send("GET", self._attachments if disk is None else here)
        if disk is not None:
            return self._one(found)
        return struct_class("Disks")(disk=[self._one(each) for each in found.iter("disk_attachment")])

    def _send(self, method: str, path: str, body: ET.Element | None = None) -> Any:
        query = {"follow": "disk"} if method == "GET" else {}
        content = None if body is None else ET.tostring(body)
        return self._session.document(method, path, query=query, body=content, headers=self._call.headers)

    def _attachment(self, disk: Any, values: dict[str, Any]) -> ET.Element:
        attachment = ET.Element("disk_attachment")
        for name, value in values.items():
            if value is not None:
                ET.SubElement(attachment, name).text = str(value).lower()
        if disk is not None:
            attachment.append(_element(disk, "disk", self._session))
        return attachment

    def _one(self, attachment: ET.Element) -> Any:
        content = attachment.find("disk")
        disk = _entity(attachment if content is None else content, "Disk", self._session)
        for name in ("bootable", "active", "uses_scsi_reservation"):
            value = attachment.findtext(name)
            if value is not None:
                setattr(disk, name, value == "true")
        disk.interface = attachment.findtext("interface")
        disk.logical_name = attachment.findtext("logical_name")
        return disk


def _listed(session: Session, path: str, query: dict[str, str] | None = None) -> list[ET.Element]:
    root = session.document("GET", path, query=query)
    return [] if root is None else list(root)


def _capabilities(session: Session, id: str) -> Any:
    """All levels of clusters, or one of them."""
    if id:
        level = session.document("GET", "/clusterlevels/" + id)
        return None if level is None else _version(level, session)
    return struct_class("Capabilities")(version=[_version(each, session) for each in _listed(session, "/clusterlevels")])


def _version(level: ET.Element, session: Session) -> Any:
    version = _entity(level, "VersionCaps", session)
    major, _, minor = (level.get("id") or "").partition(".")
    version.major, version.minor = int(major), int(minor or 0)
    return version


# --- documents -------------------------------------------------------------------------------------


def _tag(name: str) -> str:
    return _TAGS.get(name, name)


@lru_cache(maxsize=None)
def _lineage(name: str) -> tuple[str, ...]:
    base = _v3.struct(name).base
    return (name, *_lineage(base)) if base else (name,)


def _name(struct: str, member: _v3.Member) -> str:
    """What a member is called in version 4."""
    for each in _lineage(struct):
        known = _MEMBERS.get((each, member.name))
        if known is not None:
            return known
    return _tag(member.name)


def _entity(element: ET.Element, struct: str, session: Session) -> Any:
    """The object of version 3 that an element of version 4 describes."""
    entity = struct_class(struct)()
    for member in _v3.struct(struct).members.values():
        value = _value(element, struct, member, session)
        if value not in (None, []):
            setattr(entity, member.attribute, value)
    for each in _lineage(struct):
        hook = _READ.get(each)
        if hook is not None:
            hook(entity, element, session)
    return entity


def _value(element: ET.Element, struct: str, member: _v3.Member, session: Session) -> Any:
    name = _name(struct, member)
    if member.form == "@" and name in ("id", "href"):
        return element.get(name)
    if member.many:
        holder = element.find(_WRAPPED[struct, member.name]) if (struct, member.name) in _WRAPPED else element
        found = [] if holder is None else holder.findall(name)
        return [_one(each, member, session) for each in found]
    child = element.find(name)
    if child is None:
        return None
    if member.kind == "Status":
        return struct_class("Status")(state=_state(struct, child.text), detail=element.findtext(name + "_detail"))
    return _one(child, member, session)


def _state(struct: str, text: str | None) -> str | None:
    """Jobs and steps shouted in version 3."""
    return text.upper() if text and struct in ("Job", "Step") else text


def _one(element: ET.Element, member: _v3.Member, session: Session) -> Any:
    if len(member.kind) > 1:
        return _entity(element, member.kind, session)
    return params._value(member, element.text or "")


def _element(value: Any, tag: str, session: Session) -> ET.Element:
    """The element of version 4 that says the same as an object of version 3."""
    entity = params._entity(value)
    element = ET.Element(tag)
    for member in _v3.struct(entity._type).members.values():
        content = getattr(entity, member.attribute)
        if content in (None, []) or member.name in params._READ_ONLY or member.kind == "Status":
            continue
        name = _name(entity._type, member)
        if member.form == "@" and name in ("id", "href"):
            element.set(name, str(content))
            continue
        holder = element
        wrapper = _WRAPPED.get((entity._type, member.name))
        if member.many and wrapper:
            holder = ET.SubElement(element, wrapper)
        for each in content if member.many else [content]:
            holder.append(_child(entity, member, name, each, session))
    for each in _lineage(entity._type):
        hook = _WRITE.get(each)
        if hook is not None:
            hook(entity, element, session)
    return element


def _child(owner: Any, member: _v3.Member, name: str, value: Any, session: Session) -> ET.Element:
    if len(member.kind) > 1 and isinstance(value, params.GeneratedsSuper):
        return _element(value, name, session)
    child = params._child(owner, member, value)
    child.tag = name
    return child


# --- what is more than another name ----------------------------------------------------------------


def _drop(element: ET.Element, *names: str) -> None:
    for name in names:
        for child in element.findall(name):
            element.remove(child)


def _read_os(os: Any, element: ET.Element, session: Session) -> None:
    os.boot = [struct_class("Boot")(dev=each.text) for each in element.iterfind("boot/devices/device")]


def _write_os(os: Any, element: ET.Element, session: Session) -> None:
    _drop(element, "boot")
    if os.boot:
        devices = ET.SubElement(ET.SubElement(element, "boot"), "devices")
        for boot in os.boot:
            ET.SubElement(devices, "device").text = boot.dev


def _read_machine(machine: Any, element: ET.Element, session: Session) -> None:
    machine.timezone = element.findtext("time_zone/name")
    if machine._type in ("VM", "Snapshot") and element.find("fqdn") is not None:
        machine.guest_info = struct_class("GuestInfo")(fqdn=element.findtext("fqdn"))


def _write_machine(machine: Any, element: ET.Element, session: Session) -> None:
    _drop(element, "timezone", "guest_info", "disks")
    if machine.timezone is not None and element.find("time_zone") is None:
        ET.SubElement(ET.SubElement(element, "time_zone"), "name").text = machine.timezone


def _read_placement(policy: Any, element: ET.Element, session: Session) -> None:
    host = element.find("hosts/host")
    policy.host = None if host is None else _entity(host, "Host", session)


def _write_placement(policy: Any, element: ET.Element, session: Session) -> None:
    host = element.find("host")
    if host is not None:
        element.remove(host)
        ET.SubElement(element, "hosts").append(host)


def _read_disk(disk: Any, element: ET.Element, session: Session) -> None:
    disk.provisioned_size = disk.size


def _write_disk(disk: Any, element: ET.Element, session: Session) -> None:
    _drop(element, "type", "bootable", "interface", "active", "logical_name", "uses_scsi_reservation", "vm", "vms")


def _read_nic(nic: Any, element: ET.Element, session: Session) -> None:
    nic.active = nic.plugged = None if element.find("plugged") is None else element.findtext("plugged") == "true"
    profile = nic.vnic_profile
    if profile is not None and profile.id is not None and element.get("id") is not None:
        try:
            known = session.document("GET", f"/vnicprofiles/{profile.id}")
        except RequestError:
            # Whoever may see the machine may not see this.
            return
        network = None if known is None else known.find("network")
        nic.network = None if network is None else _entity(network, "Network", session)


def _write_nic(nic: Any, element: ET.Element, session: Session) -> None:
    """The profile of a network, the first by name, as servers of version 3 chose it."""
    _drop(element, "network", "port_mirroring")
    if nic.network is None or nic.vnic_profile is not None:
        return
    wanted = nic.network.id
    if wanted is None:
        networks = _listed(session, "/networks", {"search": f'name="{nic.network.name}"'})
        wanted = next((each.get("id") for each in networks), None)
    mirrored = str(nic.port_mirroring is not None).lower()
    profiles = [
        profile
        for profile in _listed(session, "/vnicprofiles")
        if wanted in [network.get("id") for network in profile.iterfind("network")]
        and profile.findtext("port_mirroring", "false") == mirrored
    ]
    if not profiles:
        name = nic.network.name or nic.network.id
        raise RequestError(400, "Bad Request", f"<fault><detail>nic.network is '{name}', which has no profile</detail></fault>")
    chosen = min(profiles, key=lambda profile: profile.findtext("name", ""))
    ET.SubElement(element, "vnic_profile", id=chosen.get("id", ""))


def _read_host(host: Any, element: ET.Element, session: Session) -> None:
    state = element.findtext("spm/status")
    if state is not None:
        host.storage_manager = struct_class("StorageManager")(
            priority=int(element.findtext("spm/priority", "0")), valueOf=state == "spm"
        )


def _write_host(host: Any, element: ET.Element, session: Session) -> None:
    _drop(element, "storage_manager", "live_snapshot_support", "reboot_after_installation")


def _read_data_center(data_center: Any, element: ET.Element, session: Session) -> None:
    data_center.storage_type = "localfs" if element.findtext("local") == "true" else "nfs"


def _write_data_center(data_center: Any, element: ET.Element, session: Session) -> None:
    _drop(element, "storage_type")
    if data_center.storage_type is not None:
        _drop(element, "local")
        local = data_center.local if data_center.local is not None else data_center.storage_type.lower() == "localfs"
        ET.SubElement(element, "local").text = str(local).lower()


def _read_product(product: Any, element: ET.Element, session: Session) -> None:
    product.full_version = element.findtext("version/full_version")


def _write_policy(policy: Any, element: ET.Element, session: Session) -> None:
    _drop(element, "thresholds")


def _read_special(special: Any, element: ET.Element, session: Session) -> None:
    link = struct_class("Link")
    for rel, name in (("templates/blank", "blank_template"), ("tags/root", "root_tag")):
        known = element.find(name)
        if known is not None:
            special.link.append(link(rel=rel, href=known.get("href")))


_READ: dict[str, Callable[[Any, ET.Element, Session], None]] = {
    "OperatingSystem": _read_os,
    "VmBase": _read_machine,
    "VmPlacementPolicy": _read_placement,
    "Disk": _read_disk,
    "NIC": _read_nic,
    "Host": _read_host,
    "DataCenter": _read_data_center,
    "ProductInfo": _read_product,
    "SpecialObjects": _read_special,
}

_WRITE: dict[str, Callable[[Any, ET.Element, Session], None]] = {
    "OperatingSystem": _write_os,
    "VmBase": _write_machine,
    "VmPlacementPolicy": _write_placement,
    "Disk": _write_disk,
    "NIC": _write_nic,
    "Host": _write_host,
    "DataCenter": _write_data_center,
    "SchedulingPolicy": _write_policy,
}
