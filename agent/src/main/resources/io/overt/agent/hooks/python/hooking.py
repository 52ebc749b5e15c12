"""What hook scripts import: the document of the running chain and some conveniences.

The agent puts the document into a file and names the file in the environment:
``_hook_domxml`` at points with XML, ``_hook_json`` at points with JSON.
"""

import builtins
import io  # noqa: F401  scripts use it from here
import json
import logging
import os
import subprocess
import sys
import urllib.parse  # noqa: F401  some scripts import only urllib
from xml.dom import minidom

from vdsm.common import hooks

# Scripts for VDSM 3.4 open files with what Python 2 called so.
if not hasattr(builtins, "file"):
    builtins.file = open


def read_domxml():
    """The XML document as a DOM."""
    with open(os.environ["_hook_domxml"], "rb") as document:
        return minidom.parseString(document.read())


def write_domxml(domxml):
    """Replaces the XML document."""
    with open(os.environ["_hook_domxml"], "wb") as document:
        document.write(domxml.toxml(encoding="utf-8"))


def read_json():
    """The JSON document as Python values."""
    with open(os.environ["_hook_json"], encoding="utf-8") as document:
        return json.load(document)


def write_json(data):
    """Replaces the JSON document."""
    text = json.dumps(data)
    with open(os.environ["_hook_json"], "w", encoding="utf-8") as document:
        document.write(text)


def log(message):
    """A line for the agent's log."""
    sys.stderr.write("%s\n" % (message,))


def exit_hook(message, return_code=2):
    """Ends the script: 0 well, 1 failed, 2 failed and no further script may run."""
    sys.stderr.write(str(message))
    sys.exit(return_code)


def tobool(value):
    """What a property's text means as yes or no; what means neither is no."""
    if value is None:
        return False
    try:
        if isinstance(value, bool):
            return value
        if value.lower() == "true":
            return True
        return bool(int(value))
    except Exception:
        return False


def execCmd(
    command,
    sudo=False,
    cwd=None,
    data=None,
    raw=False,
    printable=None,
    env=None,
    nice=None,
    ioclass=None,
    ioclassdata=None,
    setsid=False,
    execCmdLogger=logging.root,
    resetCpuAffinity=True,
):
    """Runs a program to its end: its exit code, its output, its errors.

    Output and errors are bytes if ``raw``, otherwise lists of lines (bytes too).
    The agent's processes are not bound to processors, so nothing is to be reset.
    """
    wrapped = list(command)
    if ioclass is not None:
        level = [] if ioclassdata is None else ["-n", str(ioclassdata)]
        wrapped = ["ionice", "-c", str(ioclass)] + level + wrapped
    if nice is not None:
        wrapped = ["nice", "-n", str(nice)] + wrapped
    if sudo:
        wrapped = ["/usr/bin/sudo", "-n"] + wrapped
    if isinstance(data, str):
        data = data.encode("utf-8")
    execCmdLogger.debug("%s (cwd %s)", printable or wrapped, cwd)
    ended = subprocess.run(
        wrapped,
        input=data,
        stdin=subprocess.DEVNULL if data is None else None,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cwd,
        env=env,
        start_new_session=setsid,
        check=False,
    )
    execCmdLogger.debug("exit code %d", ended.returncode)
    if raw:
        return ended.returncode, ended.stdout, ended.stderr
    return ended.returncode, ended.stdout.splitlines(), ended.stderr.splitlines()


def load_vm_launch_flags_from_file(vm_id):
    """The flags with which the machine will be started."""
    return hooks.load_vm_launch_flags_from_file(vm_id)


def dump_vm_launch_flags_to_file(vm_id, flags):
    """Changes the flags with which the machine will be started; 1 starts it paused."""
    hooks.dump_vm_launch_flags_to_file(vm_id, flags)
