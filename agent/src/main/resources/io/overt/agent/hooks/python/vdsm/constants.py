"""Paths, by the name of older versions."""

from vdsm.common.constants import *  # noqa: F401,F403
