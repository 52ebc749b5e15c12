"""What the operating system is set to."""

import collections

NestedVirtualization = collections.namedtuple(
    "NestedVirtualization", ["enabled", "kvm_module"]
)


def nested_virtualization():
    """Whether guests may run guests, and by which of the kernel's modules."""
    for module in ("kvm_intel", "kvm_amd"):
        try:
            with open(
                "/sys/module/%s/parameters/nested" % module, encoding="ascii"
            ) as nested:
                if nested.read().strip() in ("Y", "1"):
                    return NestedVirtualization(True, module)
        except OSError:
            continue
    return NestedVirtualization(False, None)
