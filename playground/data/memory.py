"""How much memory this machine has to spare."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_ANY_MACHINE = 1 << 31
"""Bytes that are taken to be free where the system does not tell."""


def free_memory() -> int:
    """Return the bytes of memory that can be used without pushing anything out."""
    if sys.platform == "win32":
        return _free_on_windows()
    try:
        for line in Path("/proc/meminfo").read_text("ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (OSError, ValueError):
        return _ANY_MACHINE


class _MemoryStatus(ctypes.Structure):
    _fields_ = (
        ("length", ctypes.c_ulong),
        ("load", ctypes.c_ulong),
        *((name, ctypes.c_ulonglong) for name in ("total", "free", "total_page", "free_page")),
        *((name, ctypes.c_ulonglong) for name in ("total_virtual", "free_virtual", "extended")),
    )


def _free_on_windows() -> int:
    status = _MemoryStatus()
    status.length = ctypes.sizeof(status)
    if sys.platform == "win32" and ctypes.windll.kernel32.GlobalMemoryStatusEx(
        ctypes.byref(status)
    ):
        return int(status.free)
    return _ANY_MACHINE
