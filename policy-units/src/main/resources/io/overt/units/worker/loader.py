# Imports the file of units, and runs each call in a fork of itself.

import atexit
import gc
import inspect
import json
import math
import os
import resource
import signal
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
