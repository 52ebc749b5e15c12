"""Architectures of processors."""

import platform

from vdsm.config import config

X86_64 = "x86_64"
PPC64 = "ppc64"
PPC64LE = "ppc64le"
AARCH64 = "aarch64"
S390X = "s390x"

SUPPORTED_ARCHITECTURES = (X86_64, PPC64, PPC64LE, AARCH64, S390X)


class UnsupportedArchitecture(Exception):
    def __init__(self, target_arch):
        super().__init__("%s is not a supported architecture" % (target_arch,))
        self.target_arch = target_arch


def _supported(architecture):
    if architecture not in SUPPORTED_ARCHITECTURES:
        raise UnsupportedArchitecture(architecture)
    return architecture


def real():
    """This machine's."""
    return _supported(platform.machine())


def effective():
    """The one that the host pretends to have, if it does; this machine's otherwise."""
    if config.getboolean("vars", "fake_kvm_support"):
        return _supported(config.get("vars", "fake_kvm_architecture"))
    return real()


def is_x86(arch):
    return arch == X86_64


def is_ppc(arch):
    return arch in (PPC64, PPC64LE)


def is_arm(arch):
    return arch == AARCH64


def is_s390(arch):
    return arch == S390X
