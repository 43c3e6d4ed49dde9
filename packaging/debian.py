"""The package for Debian and Ubuntu: the bundle, its entry in the menu, its kind of file."""

import email.utils
import gzip
import os
import platform
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from bundle import (
    DIST,
    ICONS,
    NAME,
    PACKAGING,
    SYSTEM_LIBRARIES,
    WORK,
    check_packed,
    make_folder,
    version,
)
from environments import ROOT
from messages import SetUpError, say
from system_packages import ON_LINUX, has_program, needs, require

TOOLS = needs(has_program, "dpkg-deb dpkg dpkg dpkg")
LINUX = PACKAGING / "linux"


def make_deb() -> Path:
    """Make the package."""
    if not ON_LINUX:
        raise SetUpError("The .deb is for Debian and Ubuntu, and is made there.")
    require(TOOLS)
    tree = lay_out(make_folder())
    path = DIST / f"{NAME}_{version()}_{architecture()}.deb"
    say(f"Packing {path.name}: a minute or two ...")
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z9", "--build", str(tree), str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return check_packed(path)


def lay_out(folder: Path) -> Path:
    """Return a tree with every file where the package will put it."""
    tree = WORK / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(folder, tree / "usr/lib" / NAME, symlinks=True)
    (tree / "usr/bin").mkdir()
    (tree / "usr/bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
    add_desktop_files(tree / "usr/share")
    add_icons(tree / "usr/share/icons/hicolor")
    add_documents(tree / "usr/share")
    add_control(tree)
    set_modes(tree)
    return tree


def add_desktop_files(share: Path) -> None:
    """Put what menus, file managers and software centres read."""
    date = time.strftime("%Y-%m-%d", time.gmtime(built_at()))
    values = {"VERSION": version(), "DATE": date}
    for folder, file in {
        "applications": f"{NAME}.desktop",
        "mime/packages": f"{NAME}.xml",
        "metainfo": f"{NAME}.metainfo.xml",
    }.items():
        put(LINUX / file, share / folder / file, values)


def add_icons(theme: Path) -> None:
    """Put the icon in every size, for the app and for its files."""
    sizes = {f"{side}x{side}": side for side in (16, 24, 32, 48, 64, 128, 256, 512)}
    places = {f"{folder}/apps/{NAME}.png": f"app-{side}.png" for folder, side in sizes.items()}
    for place, icon in {**places, f"scalable/apps/{NAME}.svg": "app.svg"}.items():
        (theme / place).parent.mkdir(parents=True)
        shutil.copyfile(ICONS / icon, theme / place)


def add_documents(share: Path) -> None:
    """Put the licences, the manual page and what has changed."""
    values = {
        "VERSION": version(),
        "DATE": email.utils.formatdate(built_at()),
        "LICENSE": (ROOT / "LICENSE").read_text("utf-8"),
    }
    documents = share / "doc" / NAME
    for name, place in {
        "copyright": documents / "copyright",
        "changelog": documents / "changelog.gz",
        f"{NAME}.1": share / "man/man1" / f"{NAME}.1.gz",
        "lintian-overrides": share / "lintian/overrides" / NAME,
    }.items():
        put(LINUX / name, place, values)
    put(PACKAGING / "CHANGELOG.md", documents / "NEWS.gz")


def add_control(tree: Path) -> None:
    """Write what the package manager has to know."""
    size = sum(file.lstat().st_size for file in tree.rglob("*") if not file.is_dir())
    values = {
        "VERSION": version(),
        "ARCHITECTURE": architecture(),
        "SIZE": str(size // 1024),
        "DEPENDS": ", ".join(dependencies()),
    }
    put(LINUX / "control", tree / "DEBIAN" / "control", values)


def dependencies() -> list[str]:
    """Return the packages that hold what the bundle leaves to the system."""
    packages = sorted(set(SYSTEM_LIBRARIES.values()) - {"libc6"})
    return [f"libc6 (>= {platform.libc_ver()[1]})", *packages]


def put(template: Path, place: Path, values: Mapping[str, str] | None = None) -> None:
    """Write a file of ours with the values in the places of ``@NAMES@``; ``.gz`` is packed."""
    data = template.read_text("utf-8")
    for name, value in (values or {}).items():
        data = data.replace(f"@{name}@", value)
    place.parent.mkdir(parents=True, exist_ok=True)
    packed = place.suffix == ".gz"
    place.write_bytes(gzip.compress(data.encode(), mtime=0) if packed else data.encode())


def set_modes(tree: Path) -> None:
    """Let everybody read all of it, whatever the builder's mask; libraries are not programs."""
    program = tree / "usr/lib" / NAME / NAME
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)


def built_at() -> int:
    """Return the time that files of the build carry: now, unless it is given."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))


def architecture() -> str:
    """Return what Debian calls this kind of processor."""
    command = ["dpkg", "--print-architecture"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
