"""What a type checker has to accept; ``typed_mistakes.py`` holds what it has to find."""

from overt import AsyncClient, Client, Conflict, Vm, VmStatus


def start_all(client: Client, cluster: str) -> list[str]:
    started: list[str] = []
    for vm in client.vms.search(f"cluster={cluster} and status=down", follow=["nics"]):
        try:
            client.vms[vm].start(pause=False).wait("up", timeout=180, progress=print)
        except Conflict as e:
            print(e.detail, e.correlation_id)
        for nic in vm.nics or []:
            print(nic.name, nic.mac.address if nic.mac else None)
        started.append(vm.name or "")
    return started


def make(client: Client) -> VmStatus | None:
    made = client.vms.add(Vm(name="web01", cluster="Default", template="Blank", memory=1 << 30), clone=True)
    larger = client.vms[made].update(made.replace(memory=2 << 30))
    ticket = client.vms["web01"].ticket()
    print(ticket.value if ticket else None, len(client.vms["web01"].disk_attachments.list()))
    return larger.status


async def names(client: AsyncClient) -> list[str | None]:
    await client.vms["web01"].nics["nic1"].activate()
    return [vm.name async for vm in client.vms.search("status=up")]
