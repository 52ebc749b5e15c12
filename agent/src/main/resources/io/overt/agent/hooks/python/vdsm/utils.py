"""Small things that scripts take from VDSM's module of this name."""

import os

from vdsm.common.cmdutils import CommandPath  # noqa: F401


def rmFile(path):
    """Removes a file if it is there."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
