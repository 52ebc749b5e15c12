"""Paths."""

SYSCONF_PATH = "/etc"
P_VDSM_RUN = "/run/vdsm/"
P_VDSM_HOOKS = "/usr/libexec/vdsm/hooks/"
