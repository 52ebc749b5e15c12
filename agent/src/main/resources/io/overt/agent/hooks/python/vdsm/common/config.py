"""The settings, by their newer name."""

from vdsm.config import config  # noqa: F401
