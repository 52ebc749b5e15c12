"""The module ``hooking`` by its other name."""

import hooking as _hooking
from hooking import *  # noqa: F401,F403
from hooking import hooks, io, json, minidom, os, subprocess, sys  # noqa: F401

__doc__ = _hooking.__doc__
