"""The virtual environments beside pyproject.toml: what is in them, and how they are filled."""

import hashlib
import os
import subprocess
import sys
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from messages import SetUpError, last_line, say
from system_packages import ON_LINUX, QT, XCB, advice, uses_x11

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.txt"
TEST_LOCK = ROOT / "packaging" / "requirements-test.txt"


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
