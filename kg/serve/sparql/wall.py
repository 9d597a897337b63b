"""Keeps a process from ever opening a connection: the second wall behind the refusal of SERVICE.

Linux lets a process give up system calls for good. Without `socket` nobody can be asked, whatever a query says that
was not seen for what it is.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys

#: By machine: the kernel's number for it, for seccomp itself, and for the calls that lead to a connection
#: (socket, io_uring_setup).
_MACHINES = {
    "x86_64": (0xC000003E, 317, (41, 425)),
    "aarch64": (0xC00000B7, 277, (198, 425)),
}
_NO_NEW_PRIVILEGES = 38
_DIE_WITH_PARENT = 1
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000
#: The other set of calls that x86-64 knows.
_X32 = 0x40000000
_KILLED = 9


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def raise_wall() -> bool:
    """Gives up connections for this process and all its threads, for good; False where the system does not know how."""
    machine = _MACHINES.get(platform.machine())
    if not sys.platform.startswith("linux") or machine is None:
        return False
    architecture, seccomp, calls = machine
    steps = [_step(_LOAD, 4), _step(_EQUAL, architecture, yes=1), _step(_RETURN, _KILL), _step(_LOAD, 0)]
    steps += [_step(_AT_LEAST, _X32, yes=len(calls) + 1)]
    steps += [_step(_EQUAL, call, yes=len(calls) - n) for n, call in enumerate(calls)]
    steps += [_step(_RETURN, _ALLOW), _step(_RETURN, _REFUSE)]
    code = ctypes.create_string_buffer(b"".join(steps))
    program = _Program(len(steps), ctypes.addressof(code))
    system = ctypes.CDLL(None, use_errno=True)
    if system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    # The 1s: a filter, for every thread.
    return bool(system.syscall(seccomp, 1, 1, ctypes.byref(program)) == 0)


def die_with_parent() -> None:
    """Ends this process with the one that started it, however that ends."""
    if sys.platform.startswith("linux"):
        parent = os.getppid()
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, _KILLED, 0, 0, 0)
        # It may have ended before that was said.
        if os.getppid() != parent:
            os._exit(0)


def _step(code: int, value: int, *, yes: int = 0) -> bytes:
    """One instruction: `yes` is how many are skipped where the comparison holds."""
    return struct.pack("HBBI", code, yes, 0, value)
