# The first process: it starts the loader, and leaves nothing behind when either end is gone.

import json
import os
import select
import signal
import traceback


def watch(loader):
    """Returns when the loader has ended; ends it when nobody sends calls any more."""
    poll = select.poll()
    poll.register(0, 0)
    try:
        poll.register(os.pidfd_open(loader), select.POLLIN)
        pause = None
    except (AttributeError, OSError):
        pause = 1000
    while True:
        for fd, _ in poll.poll(pause):
            if fd == 0:
                kill_below(loader)
                os.kill(loader, signal.SIGKILL)
                poll.unregister(0)
        if os.waitpid(loader, os.WNOHANG)[0]:
            return


def main():
    os.setsid()
    settings = json.loads(receive(0))
    missing = []
    switches = os.geteuid() == 0 and settings["user"] != "root"
    # Read with all rights: a file with a password in it need not be open to everyone.
    with open(os.path.join(settings["directory"], settings["file"]), "rb") as file:
        source = file.read()
    alone = isolate_filesystem(settings, switches, missing)
    os.chdir(settings["directory"])
    loader = os.fork()
    if loader == 0:
        try:
            isolate_process(settings, switches, alone, missing)
            Loader(settings, source, alone, missing).serve()
        except BaseException:
            traceback.print_exc()
        finally:
            leave(70)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    os.close(1)
    watch(loader)
    kill_below(os.getpid())
    leave(0)


main()
