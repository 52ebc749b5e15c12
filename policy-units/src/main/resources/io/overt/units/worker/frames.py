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

import os
import struct


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
