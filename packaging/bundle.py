"""The bundle: a folder with the app, Python and all libraries; what weighs what in it."""

import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

from environments import LOCK, ROOT, Environment, extra, prepare, variables
from messages import SetUpError, say
from system_packages import ON_LINUX, QT, VENV, has_program, needs, require

NAME = "neural-playground"
PACKAGING = ROOT / "packaging"
ICONS = ROOT / "resources" / "icons"
DIST = ROOT / "dist"
WORK = ROOT / "build"
ON_MACOS = sys.platform == "darwin"
TOOLS = needs(
    has_program,
    """
    objdump  binutils  binutils  binutils
    strip    binutils  binutils  binutils
    """,
)
SYSTEM_LIBRARIES = {
    "ld-linux-aarch64.so.1": "libc6",
    "ld-linux-x86-64.so.2": "libc6",
    "libc.so.6": "libc6",
    "libdl.so.2": "libc6",
    "libm.so.6": "libc6",
    "libpthread.so.0": "libc6",
    "librt.so.1": "libc6",
    "libutil.so.1": "libc6",
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libxcb.so.1": "libxcb1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libpcre2-8.so.0": "libpcre2-8-0",
    "libsystemd.so.0": "libsystemd0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libzstd.so.1": "libzstd1",
}
"""What the bundle leaves to the system, and Debian's packages of it."""
LARGEST, LARGEST_PACKED = 300, 90
"""What we allow a bundle, in MB."""
LISTED = 16
SMALL_LIBRARIES = "libraries of the system"


def environment() -> Environment:
    """Return where the app's libraries and PyInstaller are installed, and nothing else."""
    return Environment(ROOT / ".venv-build", (LOCK,), extra("packaging"))


def version() -> str:
    """Return the version that is built, from where pyproject.toml says that it stands."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    text = (ROOT / settings["tool"]["hatch"]["version"]["path"]).read_text("utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.M)
    if found is None:
        raise SetUpError("pyproject.toml names a file for the version, and there is none in it.")
    return found[1]


def make_folder() -> Path:
    """Make the folder that runs without Python (on macOS an app), and say what weighs what."""
    place = environment()
    if ON_LINUX:
        require(VENV + QT + TOOLS)
    prepare(place)
    say("Building the bundle: a minute or two ...")
    pyinstaller = [str(place.python), "-m", "PyInstaller", "--noconfirm", "--clean"]
    options = ["--log-level=ERROR", "--distpath", str(DIST), "--workpath", str(WORK)]
    # the order of what is hashed shall not change from build to build
    settings = variables(PYTHONHASHSEED="0", PLAYGROUND_VERSION=version())
    if subprocess.call([*pyinstaller, *options, str(PACKAGING / "playground.spec")], env=settings):
        raise SetUpError("PyInstaller could not build the bundle; its last lines say why.")
    folder = DIST / ("Neural Playground.app" if ON_MACOS else NAME)
    if ON_LINUX:
        strip_python(folder)
        check_libraries(folder)
    report(folder)
    return folder


def strip_python(folder: Path) -> None:
    """Take the names for debuggers out of Python's library, and of no other: NumPy's break."""
    for library in (folder / "_internal").glob("libpython*.so*"):
        subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)


def check_libraries(folder: Path) -> None:
    """Refuse a bundle that needs more of the system than we say: a file too many was left out."""
    unsaid = needed_libraries(folder) - SYSTEM_LIBRARIES.keys()
    if unsaid:
        raise SetUpError(
            f"The bundle needs {', '.join(sorted(unsaid))}: let playground.spec keep them, or name "
            "their packages in bundle.py."
        )


def needed_libraries(folder: Path) -> set[str]:
    """Return the libraries that the files of a bundle need and do not find in it."""
    files = [file for file in folder.rglob("*") if file.is_file() and is_binary(file)]
    command = ["objdump", "-p", *map(str, files)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    needed = set(re.findall(r"^ *NEEDED +(\S+)", told, re.M))
    return needed - {file.name for file in folder.rglob("*")}


def is_binary(file: Path) -> bool:
    """Tell whether a file is a program or a library for Linux."""
    with file.open("rb") as stream:
        return stream.read(4) == b"\x7fELF"


def report(folder: Path) -> None:
    """Print what weighs what, and write it beside the bundle."""
    parts = weights(folder)
    listed = parts.most_common(LISTED)
    rest = parts.total() - sum(size for _, size in listed)
    rows = [*listed, ("all else", rest), ("in all", parts.total())]
    table = "\n".join(f"{size / 1e6:7.1f} MB  {name}" for name, size in rows)
    (DIST / "sizes.txt").write_text(table + "\n", "utf-8")
    say(table)
    if parts.total() > LARGEST * 1e6:
        raise SetUpError(f"The bundle is larger than {LARGEST} MB; see {DIST / 'sizes.txt'}.")


def weights(folder: Path) -> Counter[str]:
    """Return the bytes of each library in a bundle."""
    parts: Counter[str] = Counter()
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            parts[part_of(file.relative_to(folder))] += file.stat().st_size
    return parts


def part_of(file: Path) -> str:
    """Return what a file of the bundle belongs to."""
    names = [name for name in file.parts if name not in ("_internal", "Contents", "Frameworks")]
    if names[-1].startswith("libicu"):
        return "Qt: ICU (alphabets and calendars)"
    if names[0] == "PySide6":
        return "Qt" if "Qt" in names else "PySide6"
    if names[0].startswith(("python3", "libpython", "base_library")):
        return "Python"
    if len(names) == 1:
        is_ours = names[0].startswith(NAME)
        return "our code, and all that is Python in libraries" if is_ours else SMALL_LIBRARIES
    return "/".join(names[:2]) if names[0] == "resources" else names[0].removesuffix(".libs")


def check_packed(path: Path) -> Path:
    """Return the path of a packed bundle, unless it is larger than we allow."""
    size = path.stat().st_size / 1e6
    say(f"{size:7.1f} MB  {path.name}")
    if size > LARGEST_PACKED:
        raise SetUpError(f"{path.name} is larger than {LARGEST_PACKED} MB.")
    return path
