# What keeps a loader and its forks from everything that is not theirs.

import ctypes
import os
import pwd
import resource
import signal
import stat
import struct
import sys

NEWNS, NEWIPC, NEWUSER, NEWPID = 0x00020000, 0x08000000, 0x10000000, 0x20000000
MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18
MOUNT_SETATTR, MOUNT_ATTR_RDONLY, AT_FDCWD, AT_RECURSIVE = 442, 1, -100, 0x8000
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 36, 38
M_ARENA_MAX = -8
libc = ctypes.CDLL(None, use_errno=True)


def check(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, "%s: %s" % (what, os.strerror(number)))


def mount(source, target, kind, flags, data=None):
    check(
        libc.mount(
            source.encode(), target.encode(), kind and kind.encode(), ctypes.c_ulong(flags), data and data.encode()
        ),
        "mount " + target,
    )


def read_only(path, flag, on):
    attributes = struct.pack("QQQQ", *((MOUNT_ATTR_RDONLY, 0) if on else (0, MOUNT_ATTR_RDONLY)), 0, 0)
    check(
        libc.syscall(MOUNT_SETATTR, AT_FDCWD, path.encode(), flag, attributes, ctypes.c_size_t(len(attributes))),
        "mount_setattr " + path,
    )


def own_namespaces(root):
    """Processes, mounts and shared memory of its own; without root's rights by a user namespace."""
    user, group = os.geteuid(), os.getegid()
    check(libc.unshare(NEWNS | NEWPID | NEWIPC | (0 if root else NEWUSER)), "unshare")
    if not root:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", "%d %d 1" % (user, user)),
            ("gid_map", "%d %d 1" % (group, group)),
        ):
            with open("/proc/self/" + name, "w") as file:
                file.write(text)
    mount("none", "/", None, MS_REC | MS_PRIVATE)


def closed_parent(path):
    """The topmost directory above a path that others may not enter."""
    walked = ""
    for part in path.split("/")[1:-1]:
        walked += "/" + part
        if not os.stat(walked).st_mode & stat.S_IXOTH:
            return walked
    return None


def own_view(settings, switches):
    """Directories for temporary files of its own, whose names are returned, and nothing in those to be hidden."""
    shown = {}
    for path in {*map(os.path.realpath, [settings["directory"], sys.prefix, sys.base_prefix] + settings["path"])}:
        if os.path.exists(path):
            shown[path] = os.open(path, os.O_PATH)
    scratch = [path for path in ("/tmp", "/var/tmp", "/dev/shm") if os.path.isdir(path)]
    hidden = {os.path.realpath(path) for path in settings["hidden"] if os.path.isdir(path)}
    if switches:
        hidden |= {parent for parent in map(closed_parent, shown) if parent}
    size = "size=%d" % settings["file_bytes"]
    for path in scratch:
        mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, size + ",mode=1777")
    for path in sorted(hidden):
        if os.path.isdir(path):
            mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, "size=64k,mode=755")
    for path, fd in sorted(shown.items()):
        real = os.fstat(fd)
        if not os.path.exists(path) or not os.path.samestat(os.stat(path), real):
            directory = path if stat.S_ISDIR(real.st_mode) else os.path.dirname(path)
            os.makedirs(directory, exist_ok=True)
            if directory != path:
                open(path, "w").close()
            mount("/proc/self/fd/%d" % fd, path, None, MS_BIND | MS_REC)
        os.close(fd)
    return scratch


def sealed_view(scratch):
    read_only("/", AT_RECURSIVE, True)
    for path in scratch:
        read_only(path, 0, False)


def own_user(name, missing):
    try:
        entry = pwd.getpwnam(name)
        user, group = entry.pw_uid, entry.pw_gid
    except KeyError:
        # The kernel's own number for nobody in particular.
        user = group = 65534
        missing.append("there is no user %s; units run as %d" % (name, user))
    os.setgroups([])
    os.setresgid(group, group, group)
    os.setresuid(user, user, user)


def limit(kind, value):
    hard = resource.getrlimit(kind)[1]
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))


def isolate_filesystem(settings, switches, missing):
    """In the monitor, before the loader is forked; returns whether the loader will be alone with its forks."""
    if not settings["namespaces"]:
        missing.append("namespaces are switched off")
        return False
    try:
        own_namespaces(os.geteuid() == 0)
    except OSError as failure:
        missing.append("no namespaces of its own (%s)" % failure.strerror)
        return False
    scratch = []
    try:
        scratch = own_view(settings, switches)
    except OSError as failure:
        missing.append("no file system view of its own (%s)" % failure)
    try:
        sealed_view(scratch)
    except OSError as failure:
        missing.append("can write where %s can (%s)" % (settings["user"] if switches else "we", failure))
    return True


def isolate_process(settings, switches, alone, missing):
    """In the loader: no rights that the monitor has are left."""
    if alone:
        try:
            mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC)
        except OSError:
            pass  # Some containers forbid it; what is seen then are other processes' names.
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_NOFILE, 256)
    limit(resource.RLIMIT_AS, settings["memory_bytes"])
    limit(resource.RLIMIT_FSIZE, settings["file_bytes"])
    if switches:
        # Counted for all processes of the user, so only where the user is for units alone.
        limit(resource.RLIMIT_NPROC, 512)
        try:
            own_user(settings["user"], missing)
        except OSError as failure:
            missing.append("runs as %s, not as %s (%s)" % (user_name(), settings["user"], failure))
    if os.geteuid() != 0:
        libc.capset(struct.pack("Ii", 0x20080522, 0), b"\0" * 24)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    if hasattr(libc, "mallopt"):
        # Threads would otherwise claim far more addresses than they use.
        libc.mallopt(M_ARENA_MAX, 1)


def user_name():
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
