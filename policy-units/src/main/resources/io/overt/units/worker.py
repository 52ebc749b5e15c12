# A worker: one process that has one file of units loaded, and runs each call in a fork of itself.
#
#   monitor   keeps the rights it was started with, runs no code of units, ends when the engine is gone
#   loader    the only child of the monitor: without rights, it imports the file, then makes forks
#   call      a fork of the loader that waits for a call, runs it and is thrown away: nothing that it does
#             is there for the next, which is forked only when everything of this one has been killed
#
# Frames in both directions: four bytes of length, most significant first, then JSON. The engine sends
# the settings, then calls, which the waiting fork reads by itself and tells the loader of; the loader
# answers the settings with what it found, and a call with two frames: how the call ended, and what it
# concluded (as the call wrote it, possibly nothing).
# Python 3.8 and its own library, nothing else.

import ast
import atexit
import ctypes
import gc
import inspect
import json
import math
import os
import pwd
import re
import resource
import select
import signal
import stat
import struct
import sys
import threading
import time
import traceback
import types
from importlib.util import spec_from_file_location

METHODS = ("do_filter", "do_score", "do_balance")
TEXT_LIMIT = 4000
CONCLUDED = 1
leave = os._exit


def write_all(fd, data):
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view):]


def send(fd, *frames):
    write_all(fd, b"".join(part for data in frames for part in (struct.pack(">I", len(data)), data)))


def read_exactly(fd, count):
    parts = []
    while count:
        part = os.read(fd, min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def receive(fd):
    head = read_exactly(fd, 4)
    return None if head is None else read_exactly(fd, struct.unpack(">I", head)[0])


def content(fd, limit, start=0):
    """What was written to a file without a name, and whether that was all."""
    size = os.fstat(fd).st_size - start
    return os.pread(fd, max(0, min(size, limit)), start), size <= limit


# --- isolation -------------------------------------------------------------------------------------

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


# --- monitor ---------------------------------------------------------------------------------------


def children(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as file:
            return [int(each) for each in file.read().split()]
    except OSError:
        return []


def kill_below(pid):
    for child in children(pid):
        kill_below(child)
        try:
            os.kill(child, signal.SIGKILL)
        except OSError:
            pass


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


# --- loader ----------------------------------------------------------------------------------------


class Call:
    """A fork, and files without names for what it prints and concludes."""

    def __init__(self):
        self.out, self.err, self.conclusion = (os.memfd_create(name) for name in ("out", "err", "conclusion"))
        self.begun, self.beginning = os.pipe()
        self.pid = os.fork()
        if self.pid:
            os.close(self.beginning)

    def conclude(self, code, answer=b""):
        """Behind the mark comes the answer; the mark is made when all of it is there."""
        os.ftruncate(self.conclusion, 0)
        os.lseek(self.conclusion, 2, os.SEEK_SET)
        write_all(self.conclusion, answer)
        os.pwrite(self.conclusion, bytes((CONCLUDED, code)), 0)

    def concluded(self):
        """The exit code that it will have; None when it has not come to an end of its own."""
        mark = os.pread(self.conclusion, 2, 0)
        return mark[1] if len(mark) == 2 and mark[0] == CONCLUDED else None

    def answer(self, limit):
        return content(self.conclusion, limit, 2)

    def close(self):
        for fd in (self.out, self.err, self.conclusion, self.begun):
            os.close(fd)


class Loader:
    def __init__(self, settings, source, alone, missing):
        self.settings = settings
        self.source = source
        self.alone = alone
        self.missing = missing
        self.limit = settings["answer_bytes"]
        self.requests = os.dup(0)
        self.answers = os.dup(1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        self.module = None
        self.pid = os.getpid()

    def capture(self):
        """From here on what is printed goes to files without names, which have a limit."""
        out, err = os.memfd_create("out"), os.memfd_create("err")
        os.dup2(out, 1)
        os.dup2(err, 2)
        return out, err

    def load(self):
        directory, file = self.settings["directory"], self.settings["file"]
        name = os.path.splitext(file)[0]
        path = os.path.join(directory, file)
        module = types.ModuleType(name)
        module.__file__ = path
        module.__spec__ = spec_from_file_location(name, path)
        module.__loader__ = module.__spec__.loader
        try:
            sys.path[:0] = [directory] + self.settings["path"]
            sys.argv = [path]
            sys.dont_write_bytecode = True
            sys.modules[name] = module
            exec(compile(self.source, path, "exec", dont_inherit=True), module.__dict__)
            self.module = module
            return ""
        except BaseException as failure:
            return " ".join("".join(traceback.format_exception_only(type(failure), failure)).split())

    def analyse(self):
        units = []
        for name, found in inspect.getmembers(self.module, inspect.isclass):
            for method in METHODS:
                function = getattr(found, method, None)
                if function is None:
                    continue
                text = getattr(function, "__doc__", None)
                text = text if isinstance(text, str) else ""
                properties = getattr(found, "properties_validation", None)
                units.append(
                    {
                        "name": name,
                        "method": method,
                        "description": inspect.cleandoc(text),
                        "raw": text,
                        "properties": properties if isinstance(properties, str) else "",
                        "problem": ""
                        if properties is None or isinstance(properties, str)
                        else "properties_validation is a %s, not a text" % type(properties).__name__,
                        "own": found.__module__ == self.module.__name__,
                    }
                )
        return units

    def needs(self):
        """The files below the directory that were read, so that a change of them is a change of the units."""
        below = self.settings["directory"] + os.sep
        files = {getattr(each, "__file__", None) for each in list(sys.modules.values())}
        return sorted(file for file in files if isinstance(file, str) and file.startswith(below))

    def serve(self):
        out, err = self.capture()
        error = self.load()
        found = {"error": error, "units": [], "files": []}
        if self.module is not None:
            try:
                found["units"] = self.analyse()
                found["files"] = self.needs()
            except BaseException as failure:
                found["error"] = "%s: %s" % (type(failure).__name__, failure)
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        found["stderr"] = text_of(content(err, TEXT_LIMIT)[0])
        found["user"] = user_name()
        found["missing"] = self.missing
        os.close(out)
        os.close(err)
        gc.collect()
        gc.freeze()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, signal.SIGUSR1})
        send(self.answers, json.dumps(found).encode())
        ending = ()
        while True:
            # Forked before it is needed: a call has not to wait for that, nor for the end of the last one.
            spare = self.fork(self.run)
            for pid in ending:
                os.waitpid(pid, 0)
            head = receive(spare.begun)
            if head is None:
                leave(0)
            ending = self.call(spare, json.loads(head))

    def fork(self, function, *arguments):
        call = Call()
        if call.pid:
            return call
        code = 70
        try:
            os.setsid()
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            if os.getppid() != self.pid:
                leave(code)
            os.close(self.answers)
            os.close(call.begun)
            signal.pthread_sigmask(signal.SIG_SETMASK, set())
            os.dup2(call.out, 1)
            os.dup2(call.err, 2)
            code = function(call, *arguments)
        except BaseException:
            pass
        finally:
            leave(code)

    def call(self, spare, head):
        """Answers a call that has begun; returns the processes that are ending."""
        end = time.monotonic() + head["seconds"]
        last = spare
        status, ended = self.wait(last, end)
        concluded, whole = last.answer(self.limit)
        if status == 0 and not concluded:
            # It left without a word (os._exit): what it printed counts.
            last = self.fork(self.conclude_for, spare.out, head["method"])
            status, ended = self.wait(last, end)
            concluded, whole = last.answer(self.limit)
            last.close()
        stderr = text_of(content(spare.err, TEXT_LIMIT)[0])
        answer = {"status": "timeout" if status is None else str(status), "stderr": stderr}
        send(self.answers, json.dumps(answer).encode(), concluded if whole else b"")
        spare.close()
        return self.clean(spare.pid, () if ended else {last.pid})

    def wait(self, call, end):
        """The exit code, negative for a signal, None when time was up; and whether the process has ended."""
        while True:
            # Its end takes as long as all of a call, and says nothing that is not known by now.
            code = call.concluded()
            if code is not None:
                return code, False
            done, status = os.waitpid(call.pid, os.WNOHANG)
            if done:
                code = call.concluded()
                if code is None:
                    code = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
                return code, True
            rest = end - time.monotonic()
            if rest <= 0:
                return None, False
            signal.sigtimedwait({signal.SIGCHLD, signal.SIGUSR1}, rest)

    def clean(self, pid, ending):
        """Kills whatever a call has left running; returns those of the ending that have not ended yet."""
        if self.alone and os.getpid() == 1:
            targets = {-1}  # The first process of a namespace: everyone else in it.
        else:
            kill_below(os.getpid())
            targets = {-pid, *ending}
        for target in targets:
            try:
                os.kill(target, signal.SIGKILL)
            except OSError:
                pass
        ended = set()
        try:
            while 0 not in ended:
                ended.add(os.waitpid(-1, os.WNOHANG)[0])
        except ChildProcessError:
            pass
        return set(ending) - ended

    # --- in the call ---

    def run(self, call):
        self.rehearse()
        request = receive(self.requests)
        if request is None:
            return 0
        line = request.index(b"\n")
        # Nothing of the unit has run yet: it can neither forge this, nor read what is sent to others.
        os.close(self.requests)
        send(call.beginning, request[:line])
        os.close(call.beginning)
        head = json.loads(request[:line])
        limit(resource.RLIMIT_CPU, math.ceil(head["seconds"]) + 1)
        arguments = json.loads(request[line:])
        code, returned = 0, None
        finish = self.conclude
        try:
            try:
                returned = getattr(getattr(self.module, head["name"])(), head["method"])(*arguments)
            finally:
                # As at the end of a program: threads are waited for.
                for thread in threading.enumerate():
                    if thread is not threading.current_thread() and not thread.daemon:
                        thread.join()
                atexit._run_exitfuncs()
        except SystemExit as leaving:
            code = exit_code(leaving.code)
        except BaseException:
            code = 1
            traceback.print_exc()
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except Exception:
                pass
        answer = finish(call.out, head["method"], returned) if code == 0 or head["method"] == "do_balance" else b""
        call.conclude(code, answer)
        os.kill(self.pid, signal.SIGUSR1)
        return code

    def conclude_for(self, call, out, method):
        call.conclude(0, self.conclude(out, method, None))
        return 0

    def conclude(self, out, method, returned):
        printed, whole = content(out, self.limit)
        try:
            if not whole:
                raise Unusable("printed more than %d bytes" % self.limit)
            value, notes = conclude(method, printed.decode("utf-8", "replace"), returned)
            answer = {"value": value, "notes": notes}
        except Unusable as problem:
            answer = {"problem": str(problem)}
        except (MemoryError, RecursionError) as failure:
            answer = {"problem": "its result is too large (%s)" % type(failure).__name__}
        return json.dumps(answer).encode()

    def rehearse(self):
        """What every call does, done once before it comes: the memory for it is the fork's own by then."""
        hosts, vm, _ = json.loads(REHEARSAL[REHEARSAL.index(b"\n"):])
        for method, value in (
            ("do_balance", (vm, hosts[:1])),
            ("do_score", [(host, 1) for host in hosts[:10]]),
            ("do_filter", hosts),
        ):
            value, notes = conclude(method, str(value), None)
            json.dumps({"value": value, "notes": notes}).encode()


def exit_code(value):
    if value is None:
        return 0
    if isinstance(value, int):
        return value & 255
    print(value, file=sys.stderr)
    return 1


def text_of(data):
    return data.decode("utf-8", "replace")


# --- results ---------------------------------------------------------------------------------------


class Unusable(Exception):
    pass


# What nearly all print, as str() writes it; JSON's parser takes a tenth of the time of Python's own.
USUAL = {
    "do_filter": re.compile(r"\[(?:'[\w:.-]*'(?:, |(?=])))*]", re.ASCII),
    "do_score": re.compile(r"\[(?:\('[\w:.-]*', -?[0-9]+(?:\.[0-9]+)?\)(?:, |(?=])))*]", re.ASCII),
    "do_balance": re.compile(r"\('[\w:.-]*', \[(?:'[\w:.-]*'(?:, |(?=])))*]\)", re.ASCII),
}
REHEARSAL = b"{}\n" + json.dumps([["%08d-0000-0000-0000-000000000000" % number for number in range(400)], "vm", {}]).encode()
AS_JSON = str.maketrans("'()", '"[]')
PAIR = re.compile(r"\s*([^\s\[\]()'\",]+)\s+(\[.*\]|\(.*\))\s*", re.DOTALL)


def short(value):
    text = " ".join((value if isinstance(value, str) else repr(value)).split())
    return text if len(text) <= 80 else text[:77] + "..."


def literal(method, printed):
    """The Python literal that was printed; for a balancer two printed values are a pair."""
    text = printed.strip()
    if USUAL[method].fullmatch(text):
        try:
            return json.loads(text.translate(AS_JSON))
        except ValueError:
            pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError):
        if method == "do_balance":
            pair = PAIR.fullmatch(text)
            if pair:
                try:
                    return (None if pair.group(1) == "None" else pair.group(1), ast.literal_eval(pair.group(2)))
                except (ValueError, SyntaxError, TypeError):
                    pass
        raise Unusable("printed %s, which is not a Python literal" % short(printed))


def conclude(method, printed, returned):
    if printed.strip():
        try:
            value = literal(method, printed)
        except Unusable:
            # Prints for people are no harm where the result was returned.
            if returned is None:
                raise
            value = returned
    else:
        value = returned
    if method == "do_balance":
        return balance_of(value), []
    if value is None:
        raise Unusable("neither printed nor returned a result")
    return filter_of(value) if method == "do_filter" else scores_of(value)


def items(value, wanted):
    if isinstance(value, (str, bytes)) or not hasattr(value, "__iter__"):
        raise Unusable("gave %s, where %s is expected" % (short(value), wanted))
    return list(value)


def filter_of(value):
    ids = items(value, "a list of host ids")
    hosts = [str(each) for each in ids if isinstance(each, str) or type(each).__name__ == "UUID"]
    notes = ["%d of its results are no host ids" % (len(ids) - len(hosts))] if len(hosts) < len(ids) else []
    return hosts, notes


def scores_of(value):
    wanted = "a list of (host id, number)"
    pairs = list(value.items()) if isinstance(value, dict) else items(value, wanted)
    scores = []
    for pair in pairs:
        pair = items(pair, wanted)
        if len(pair) != 2:
            raise Unusable("gave %s, where (host id, number) is expected" % short(tuple(pair)))
        scores.append([str(pair[0]), whole_number(pair[1])])
    return scores, []


def whole_number(value):
    if isinstance(value, (str, bytes)):
        raise Unusable("gave the score %s, where a number is expected" % short(repr(value)))
    try:
        number = value if isinstance(value, int) else math.floor(float(value) + 0.5)
    except (TypeError, ValueError, OverflowError):
        raise Unusable("gave the score %s, where a finite number is expected" % short(value))
    if abs(number) > 2**31 - 1:
        raise Unusable("gave the score %s, beyond 32 bits" % short(str(number)))
    return int(number)


def balance_of(value):
    """None when there is nothing to do."""
    if value is None:
        return None
    wanted = "(vm id, [host ids])"
    pair = items(value, wanted)
    if not pair:
        return None
    if len(pair) != 2:
        raise Unusable("gave %s, where %s is expected" % (short(value), wanted))
    vm = "" if pair[0] is None else str(pair[0])
    hosts = [str(each) for each in items([] if pair[1] is None else pair[1], wanted)]
    return [vm, hosts] if vm and hosts else None


main()
