#!/usr/bin/env python3
"""Set the playground up and start it, or run its checks.

``run.py [ARGUMENTS ...]`` runs ``python -m playground ARGUMENTS ...`` in the current folder.
``run.py test`` runs every check; ``run.py test ARGUMENTS ...`` only ``pytest ARGUMENTS ...``, in
the project's folder. ``run.py bench [WORKLOAD ...]`` measures the playground beside other engines.

The first start makes ``.venv`` beside pyproject.toml from the locked requirements; the later ones
find it ready. Only the standard library is used, and only syntax that Python 3.6 can read: an old
Python shall answer with a sentence.
"""

import sys

if not (3, 11) <= sys.version_info[:2] < (3, 15):
    sys.exit(f"The playground needs Python 3.11 to 3.14. This is {sys.version.split()[0]}.")

import ctypes
import hashlib
import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.txt"
TEST_LOCK = ROOT / "packaging" / "requirements-test.txt"
ON_LINUX = sys.platform.startswith("linux")


class SetUpError(Exception):
    """Say what is wrong and what the user can do about it."""


def say(text: str) -> None:
    """Tell the user how far we are; stdout belongs to the playground."""
    print(text, file=sys.stderr, flush=True)


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


@dataclass(frozen=True)
class Environment:
    """A virtual environment, the locked files it is filled from, and more requirements.

    Only the last lock is installed: it contains those before it.
    """

    folder: Path
    locks: tuple[Path, ...]
    unlocked: tuple[str, ...] = ()

    @property
    def python(self) -> Path:
        """The environment's own interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        """The file that tells what has been installed completely."""
        return self.folder / "installed.txt"

    def origin(self) -> str:
        """Return what makes an environment useless when it changes."""
        return digest(f"{sys.version}{sys.base_prefix}{self.folder}".encode())

    def contents(self) -> list[str]:
        """Return one digest per lock; without any, one of what is asked for."""
        unlocked = " ".join(self.unlocked).encode()
        return [digest(lock.read_bytes() + unlocked) for lock in self.locks] or [digest(unlocked)]

    def stamped(self) -> list[str]:
        """Return the origin and contents at the last complete installation; [] if none."""
        with suppress(FileNotFoundError):
            if self.python.exists():
                return self.stamp.read_text().split()
        return []


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def extra(name: str) -> tuple[str, ...]:
    """Return the requirements of an extra of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return tuple(project["optional-dependencies"][name])


PURE_SOURCES = ("idx2numpy",)  # given away as source only, which is nothing but Python


def oracle_environment() -> Environment:
    """Return the environment of ``test -m oracle``, with the engines we compare with."""
    return Environment(ROOT / ".venv-oracle", (TEST_LOCK,), extra("oracle"))


def peer_environment() -> Environment:
    """Return the environment of the engines that ``bench`` measures us beside; we are not in it."""
    return Environment(ROOT / ".venv-bench", (), extra("bench"))


NODE_PEERS = ("convnetjs@0.3.0",)
NODE_ORACLES = ("csv-spectrum@2.0.0", "papaparse@5.7.1")
APP = Environment(ROOT / ".venv", (LOCK,))
TEST = Environment(ROOT / ".venv", (LOCK, TEST_LOCK))


def prepare(environment: Environment) -> None:
    """Make the environment, or bring it up to date; an interrupted one is made again."""
    origin, stamped = environment.origin(), environment.stamped()
    wanted = environment.contents()
    if stamped[:1] == [origin] and wanted[-1] in stamped:
        return
    say(f"Setting up {environment.folder.name}: this takes a minute or two, only this once ...")
    if stamped[:1] != [origin]:
        make(environment)
    environment.stamp.unlink(missing_ok=True)
    if environment.locks:
        pip_install(environment, "--require-hashes", "--no-deps", "-r", str(environment.locks[-1]))
    if environment.unlocked:
        pip_install(environment, *environment.unlocked)
    if environment.locks:
        try_qt(environment)
    environment.stamp.write_text("\n".join([origin, *wanted]))


def make(environment: Environment) -> None:
    """Make an empty virtual environment, in place of whatever is there."""
    command = [sys.executable, "-m", "venv", "--clear", str(environment.folder)]
    process = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if process.returncode:
        raise SetUpError(
            f"{environment.folder} could not be made. Is it in use, or the disk full, or the "
            f"folder not yours?\n{last_line(process.stderr or process.stdout)}"
        )


def pip_install(environment: Environment, *arguments: str) -> None:
    """Install packages; show pip's progress to a person, not to a log."""
    options = ["--no-input", "--disable-pip-version-check", "--only-binary=:all:"]
    options += [f"--no-binary={name}" for name in PURE_SOURCES]
    if not sys.stderr.isatty():
        options.append("--quiet")
    process = subprocess.run(
        [str(environment.python), "-m", "pip", "install", *options, *arguments],
        stdout=sys.stderr,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    if process.returncode:
        raise SetUpError(pip_failure(process.stderr))


PIP_FAILURES = {
    "No space left on device": "The disk is full: make room (about 1 GB), then start again.",
    "DO NOT MATCH THE HASHES": "A download is not the file that was locked: start again, and if "
    "that does not help, do not install it.",
    "connection": "The package index cannot be reached: check the network, then start again.",
    "Could not find a version": "The package index has no fitting file for this system and Python.",
}


def pip_failure(errors: str) -> str:
    """Turn pip's complaint into a sentence, with pip's own last word below it."""
    sentences = (text for sign, text in PIP_FAILURES.items() if sign in errors)
    sentence = next(sentences, "The packages could not be installed.")
    return f"{sentence}\n{last_line(errors, 'ERROR')}"


def last_line(text: str, sign: str = "") -> str:
    """Return the last line that has a sign in it and is not blank."""
    lines = (line for line in reversed(text.splitlines()) if line.strip() and sign in line)
    return next(lines, "")


QT_PROBE = """
import ctypes, pathlib, sys
import PySide6.QtSvg, PySide6.QtWidgets
if "xcb" in sys.argv:
    plugins = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins"
    ctypes.CDLL(str(plugins / "platforms" / "libqxcb.so"))
"""


def try_qt(environment: Environment) -> None:
    """Import Qt in a process of its own: a missing library may abort it."""
    xcb = ["xcb"] if ON_LINUX and uses_x11(os.environ) else []
    command = [str(environment.python), "-c", QT_PROBE, *xcb]
    process = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if process.returncode:
        help_ = f"\nA system package may be missing. {advice(QT + XCB)}" if ON_LINUX else ""
        raise SetUpError(f"Qt does not load: {last_line(process.stderr)}{help_}")


def variables(**changes: str) -> dict[str, str]:
    """Return the environment variables of a child that finds the project without installing it."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, **changes}


def start(arguments: Sequence[str]) -> int:
    """Run the playground in the user's folder and return its exit code."""
    if ON_LINUX:
        require(VENV + QT + (XCB if uses_x11(os.environ) else ()))
    prepare(APP)
    # -P: a numpy.py in the user's folder must not become our NumPy.
    command = [str(APP.python), "-P", "-m", "playground", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, variables())  # signals and exit code go straight through
    return subprocess.call(command, env=variables())


CHECKS = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format": ("-m", "ruff", "format", "--check"),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
}
NO_TESTS_COLLECTED = 5  # pytest's exit code


def selects(arguments: Sequence[str], marker: str) -> bool:
    """Tell whether the last ``-m`` among pytest's arguments asks for a marker."""
    expressions = re.findall(r"(?:^|\n)-m[\n=]?([^\n]*)", "\n".join(arguments))
    return bool(expressions and re.search(rf"(?<!not ){marker}\b", expressions[-1]))


def test(arguments: Sequence[str]) -> int:
    """Run all checks, or with arguments only pytest; return 0 if nothing failed."""
    on_screen = selects(arguments, "screen") or not arguments
    if ON_LINUX:
        require(VENV + QT + (XCB + SCREEN if on_screen else ()))
    environment = oracle_environment() if selects(arguments, "oracle") else TEST
    prepare(environment)
    if environment != TEST:
        npm_install(environment.folder, NODE_ORACLES)
    if not arguments:
        return run_all(environment.python)
    if ON_LINUX and on_screen:
        with virtual_screen() as display:
            return run(environment.python, "-m", "pytest", *arguments, **display)
    return run(environment.python, "-m", "pytest", *arguments)


def bench(arguments: Sequence[str]) -> int:
    """Measure on a virtual screen, or on the real one where there is no virtual one."""
    if ON_LINUX:
        require(VENV + QT + XCB + SCREEN)
    prepare(TEST)
    peers = prepare_peers()
    module = ("-m", "tests.benchmarks", "--peers", str(peers), *arguments)
    if not ON_LINUX:
        return subprocess.call([TEST.python, *module], cwd=ROOT, env=variables())
    with virtual_screen() as display:
        return run(TEST.python, *module, **display)


def prepare_peers() -> Path:
    """Make the environment of the peers as far as it goes; what lacks is told in the report."""
    peers = peer_environment()
    try:
        prepare(peers)
    except SetUpError as error:
        say(f"The peers could not be installed. {error}")
    npm_install(peers.folder, NODE_PEERS)
    return peers.folder


def npm_install(folder: Path, packages: Sequence[str]) -> None:
    """Install packages of npm, where there is npm and they are not there yet."""
    if has_program("npm") and not (folder / "node_modules").exists():
        command = ["npm", "install", "--no-save", "--prefix", str(folder), *packages]
        subprocess.run(command, stdout=sys.stderr, check=False)


def run(python: Path, *arguments: str, **changes: str) -> int:
    """Run a check in the project's folder, without a screen unless the changes name one."""
    settings = {"QT_QPA_PLATFORM": "offscreen"}
    if ON_LINUX:
        settings["LC_ALL"] = "C.UTF-8"  # Qt warns when there is no UTF-8 locale
    return subprocess.call([python, *arguments], cwd=ROOT, env=variables(**{**settings, **changes}))


def run_all(python: Path) -> int:
    """Run every check even if one fails; pytest's summary comes last."""
    failed = []
    for name, command in CHECKS.items():
        print(f"== {name}", flush=True)
        if run(python, *command):
            failed.append(name)
    if ON_LINUX:
        print("== pytest on a screen", flush=True)
        with virtual_screen() as display:
            code = run(python, "-m", "pytest", "-m", "screen", **display)
        if code not in (0, NO_TESTS_COLLECTED):
            failed.append("pytest on a screen")
    print("== pytest", flush=True)
    if failed:
        print(f"Failed before this: {', '.join(failed)}", flush=True)
    code = run(python, "-m", "pytest", "-m", "not screen and not oracle and not soak")
    return 1 if failed else code


@contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """Start an X server and a window manager; yield the variables that lead Qt to them."""
    reader, writer = os.pipe()
    options = ["-displayfd", str(writer), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = spawn("Xvfb", *options, "-noreset", pass_fds=[writer])
    os.close(writer)
    try:
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()  # comes when the server is ready
        if not number:
            raise SetUpError("The virtual screen (Xvfb) did not start.")
        with window_manager(f":{number}"):
            yield {"DISPLAY": f":{number}", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


@contextmanager
def window_manager(display: str) -> Iterator[None]:
    """Run openbox on a display, and wait up to ten seconds until it answers."""
    manager = spawn("openbox", "--sm-disable", DISPLAY=display)
    try:
        for _ in range(200):
            # Only a window manager knows of desktops.
            if spawn("xdotool", "get_num_desktops", DISPLAY=display).wait() == 0:
                break
            time.sleep(0.05)
        yield
    finally:
        manager.terminate()
        manager.wait()


def spawn(*command: str, pass_fds: Sequence[int] = (), **changes: str) -> subprocess.Popen[bytes]:
    """Start a program without its chatter."""
    return subprocess.Popen(
        command,
        env={**os.environ, **changes},
        pass_fds=pass_fds,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask; a failure that one can foresee is a sentence."""
    try:
        if arguments[:1] == ["test"]:
            return test(arguments[1:])
        if arguments[:1] == ["bench"]:
            return bench(arguments[1:])
        return start(arguments)
    except SetUpError as error:
        say(str(error))
    except OSError as error:
        say(f"The set-up cannot go on: {error}. Is the disk full, or {ROOT} not yours to write?")
    except KeyboardInterrupt:
        say("Interrupted. Start again to go on.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
