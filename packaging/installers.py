"""What the bundle is packed into: an archive for Linux, installers for Windows and macOS."""

import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

from bundle import DIST, NAME, ON_MACOS, PACKAGING, WORK, check_packed, make_folder, version
from messages import SetUpError, say
from system_packages import ON_LINUX, has_program


def make_tar() -> Path:
    """Pack the folder as ``.tar.xz``."""
    if not ON_LINUX:
        raise SetUpError("The .tar.xz is for Linux, and is made there.")
    folder = make_folder()
    path = DIST / f"{NAME}-{version()}-linux-{platform.machine()}.tar.xz"
    say(f"Packing {path.name}: a minute or two ...")
    with tarfile.open(path, "w:xz", preset=9) as archive:
        archive.add(folder, f"{NAME}-{version()}", filter=owned_by_root)
    return check_packed(path)


def owned_by_root(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return an entry without the name of whoever built it."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry


def make_setup() -> Path:
    """Make the installer for Windows, with NSIS."""
    if sys.platform != "win32":
        raise SetUpError("The installer holds the bundle for Windows, and is made there.")
    if not has_program("makensis"):
        raise SetUpError("makensis is missing: install NSIS 3 and put its folder on the PATH.")
    path = DIST / f"{NAME}-{version()}-windows-{platform.machine().lower()}-setup.exe"
    compile_setup(make_folder(), path)
    return check_packed(path)


def compile_setup(folder: Path, path: Path) -> None:
    """Compile the installer of a folder."""
    values = {"VERSION": version(), "SOURCE": folder, "OUTPUT": path}
    definitions = [f"-D{name}={value}" for name, value in values.items()]
    script = PACKAGING / "windows" / "setup.nsi"
    subprocess.run(["makensis", "-V2", "-WX", *definitions, str(script)], check=True)


def make_dmg() -> Path:
    """Make the disk image for macOS: the app, and the folder that it is dragged into."""
    if not ON_MACOS:
        raise SetUpError("The disk image holds the app for macOS, and is made there.")
    app, stage = make_folder(), WORK / "dmg"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(app, stage / app.name, symlinks=True)
    (stage / "Applications").symlink_to("/Applications")
    path = DIST / f"{NAME}-{version()}-macos-{platform.machine()}.dmg"
    volume = ["-volname", "Neural Playground", "-srcfolder", str(stage)]
    command = ["hdiutil", "create", "-quiet", "-ov", "-format", "UDZO", *volume, str(path)]
    subprocess.run(command, check=True)
    return check_packed(path)
