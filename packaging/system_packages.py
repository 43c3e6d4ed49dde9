"""What the system must have for us: which package holds it, and how it gets here."""

import ctypes
import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from messages import SetUpError, say

ON_LINUX = sys.platform.startswith("linux")


def loads(library: str) -> bool:
    """Tell whether the dynamic linker finds a shared library and all that it needs."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_module(name: str) -> bool:
    """Tell whether this Python has a module: Debian takes ensurepip out."""
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def has_program(name: str) -> bool:
    """Tell whether a program is on the path."""
    return shutil.which(name) is not None


class Need(NamedTuple):
    """A thing of the system, how to find it, and the package that holds it."""

    found: Callable[[str], bool]
    name: str
    apt_get: str
    dnf: str
    pacman: str

    def is_met(self) -> bool:
        """Tell whether the system has it."""
        return self.found(self.name)


def needs(found: Callable[[str], bool], table: str) -> tuple[Need, ...]:
    """Read a table: the name, then its package for apt-get, dnf and pacman."""
    return tuple(Need(found, *row.split()) for row in table.strip().splitlines())


VENV = needs(has_module, f"ensurepip python3.{sys.version_info[1]}-venv python3-libs python")
QT = needs(
    loads,
    """
    libGL.so.1             libgl1             libglvnd-glx          libglvnd
    libEGL.so.1            libegl1            libglvnd-egl          libglvnd
    libxkbcommon.so.0      libxkbcommon0      libxkbcommon          libxkbcommon
    libdbus-1.so.3         libdbus-1-3        dbus-libs             dbus
    libfontconfig.so.1     libfontconfig1     fontconfig            fontconfig
    libgthread-2.0.so.0    libglib2.0-0       glib2                 glib2
    """,
)
XCB = needs(
    loads,
    """
    libxcb-cursor.so.0     libxcb-cursor0     xcb-util-cursor       xcb-util-cursor
    libxcb-icccm.so.4      libxcb-icccm4      xcb-util-wm           xcb-util-wm
    libxcb-keysyms.so.1    libxcb-keysyms1    xcb-util-keysyms      xcb-util-keysyms
    libxcb-randr.so.0      libxcb-randr0      libxcb                libxcb
    libxcb-shape.so.0      libxcb-shape0      libxcb                libxcb
    libxcb-xkb.so.1        libxcb-xkb1        libxcb                libxcb
    libxkbcommon-x11.so.0  libxkbcommon-x11-0 libxkbcommon-x11      libxkbcommon-x11
    """,
)
SCREEN = needs(
    has_program,
    """
    Xvfb                   xvfb               xorg-x11-server-Xvfb  xorg-server-xvfb
    xdotool                xdotool            xdotool               xdotool
    openbox                openbox            openbox               openbox
    xprop                  x11-utils          xprop                 xorg-xprop
    """,
)

BARE = needs(
    has_program,
    """
    debootstrap            debootstrap        debootstrap           debootstrap
    desktop-file-validate  desktop-file-utils desktop-file-utils    desktop-file-utils
    appstreamcli           appstream          appstream             appstream
    update-mime-database   shared-mime-info   shared-mime-info      shared-mime-info
    lintian                lintian            lintian               lintian
    """,
)

INSTALL_LINES = {
    "apt-get": "sudo apt-get update && sudo apt-get install -y",
    "dnf": "sudo dnf install -y",
    "pacman": "sudo pacman -S --needed --noconfirm",
}


def uses_x11(environ: Mapping[str, str]) -> bool:
    """Tell whether Qt will open its windows through X11 here."""
    platform = environ.get("QT_QPA_PLATFORM")
    if platform:
        return platform.startswith("xcb")
    return bool(environ.get("DISPLAY")) and not environ.get("WAYLAND_DISPLAY")


def install_line(missing: Iterable[Need], manager: str) -> str:
    """Return the line that installs the packages with ``apt-get``, ``dnf`` or ``pacman``."""
    packages = sorted({getattr(need, manager.replace("-", "_")) for need in missing})
    return " ".join([INSTALL_LINES[manager], *packages])


def advice(missing: Iterable[Need]) -> str:
    """Return what the user has to type (or look for) to get what is missing."""
    manager = next(filter(shutil.which, INSTALL_LINES), None)
    if manager is None:
        names = ", ".join(need.name for need in missing)
        return f"Install the packages that hold these, then start again: {names}"
    return f"Install them with this line, then start again:\n  {install_line(missing, manager)}"


def install_with_apt(missing: Iterable[Need]) -> None:
    """Install the packages of Debian or Ubuntu as root, without a question."""
    packages = sorted({need.apt_get for need in missing})
    say(f"Installing system packages: {' '.join(packages)}")
    apt_get = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        # A dead third-party source fails the update, not what comes after it.
        subprocess.run(
            [*apt_get, *command],
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )


def require(wanted: Iterable[Need]) -> None:
    """Install what is missing where we may, and otherwise say how the user can."""
    missing = [need for need in wanted if not need.is_met()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install_with_apt(missing)
        missing = [need for need in missing if not need.is_met()]
    if missing:
        raise SetUpError(f"Some system packages are missing. {advice(missing)}")
