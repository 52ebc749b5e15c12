"""Each of the functions holds one mistake that a type checker has to find."""

from overt import Client, Vm


def wrong_member() -> Vm:
    return Vm(nam="web01")


def wrong_value() -> Vm:
    return Vm(memory="much")


def wrong_parameter(client: Client) -> None:
    client.vms["web01"].start(paused=True)


def wrong_collection(client: Client) -> None:
    client.machines.list()


def wrong_type(client: Client) -> int | None:
    return client.vms["web01"].get().name
