"""VDSM's settings: /etc/vdsm/vdsm.conf, then the files in vdsm.conf.d by name."""

import configparser
import glob

_DEFAULTS = {
    "vars": {
        "fake_kvm_support": "false",
        "fake_kvm_architecture": "x86_64",
        "fake_kvm_memory": "0",
        "fake_vmstats_enable": "false",
        "ssl": "true",
    },
    "addresses": {"management_ip": "::", "management_port": "54321"},
}


def _read():
    settings = configparser.ConfigParser(interpolation=None, strict=False)
    settings.read_dict(_DEFAULTS)
    settings.read(
        ["/etc/vdsm/vdsm.conf"] + sorted(glob.glob("/etc/vdsm/vdsm.conf.d/*.conf"))
    )
    return settings


config = _read()
