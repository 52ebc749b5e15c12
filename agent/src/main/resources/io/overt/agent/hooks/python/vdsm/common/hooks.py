"""The flags of a start, which scripts may change while the machine is being started."""

import os

from vdsm.common.constants import P_VDSM_RUN


def _file(vm_id):
    return os.path.join(P_VDSM_RUN, vm_id, "launchflags")


def load_vm_launch_flags_from_file(vm_id):
    """0 when nobody has set any."""
    try:
        with open(_file(vm_id), encoding="ascii") as flags:
            return int(flags.read())
    except FileNotFoundError:
        return 0


def dump_vm_launch_flags_to_file(vm_id, flags):
    os.makedirs(os.path.dirname(_file(vm_id)), exist_ok=True)
    with open(_file(vm_id), "w", encoding="ascii") as file:
        file.write(str(int(flags)))


def remove_vm_launch_flags_file(vm_id):
    try:
        os.remove(_file(vm_id))
    except FileNotFoundError:
        pass
