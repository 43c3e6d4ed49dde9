"""Collect the licences of all that a bundle holds into ``resources/licences``.

``licences.py update`` writes them, ``licences.py check`` says what is not as it would be written.
The packages are those of the lock, with the texts that came with them; what no package tells of
is in ``packaging/licences``; data sets and fonts have theirs beside them in ``resources``.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.txt"
COLLECTED = ROOT / "packaging" / "licences"
RESOURCES = ROOT / "resources"
TARGET = RESOURCES / "licences"
INDEX = "index.json"
_LICENCE = re.compile(
    r"(?i)(^|/)(LICEN[CS]E|COPYING|NOTICE)[^/]*$|\.dist-info/(licenses|LICENSES)/.+$"
)
_WITH_QT = {"pyside6-essentials", "shiboken6"}
"""Packages without a text: theirs is that of Qt."""
_FONTS = {"": "Inter, JetBrains Mono", "math": "STIX"}


@dataclass(frozen=True)
class Part:
    """Something that others made, and the text that allows its use."""

    name: str
    kind: str
    """language, library, font, icons, data or text."""
    licence: str
    home: str
    text: str
    version: str = ""


def parts() -> list[Part]:
    """Return all parts in the order in which they are shown."""
    own = Part("Neural Playground", "program", "MIT", "", _read(ROOT / "LICENSE"), _version())
    collected = [
        Part(**{**entry, "text": _read(COLLECTED / entry["text"])})
        for entry in json.loads(_read(COLLECTED / "parts.json"))
    ]
    rest = [*collected, *_packages(), *_fonts(), *_data()]
    return [own, *sorted(rest, key=lambda part: (part.kind == "text", part.name.lower()))]


def locked() -> dict[str, str]:
    """Return the packages that a bundle may hold, with their versions."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", _read(LOCK), re.MULTILINE))


def files() -> dict[str, bytes]:
    """Return what belongs into the folder: the texts, and a table of them."""
    result, table = {}, []
    for part in parts():
        name = re.sub(r"[^a-z0-9.]+", "-", part.name.lower()).strip("-") + ".txt"
        result[name] = part.text.encode()
        table.append({**asdict(part), "text": name})
    return {INDEX: (json.dumps(table, indent=1, ensure_ascii=False) + "\n").encode(), **result}


def check() -> list[str]:
    """Return what is missing, other than it should be, or too much."""
    wanted = files()
    found = {path.name: path.read_bytes() for path in TARGET.iterdir()} if TARGET.exists() else {}
    names = sorted(wanted.keys() | found.keys())
    return [name for name in names if wanted.get(name) != found.get(name)]


def update() -> None:
    """Write the folder anew."""
    TARGET.mkdir(exist_ok=True)
    wanted = files()
    for path in TARGET.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, content in wanted.items():
        (TARGET / name).write_bytes(content)


def _packages() -> Iterator[Part]:
    for name, version in locked().items():
        package = distribution(name)
        text = _read(COLLECTED / "qt.txt") if name in _WITH_QT else _texts(package)
        told = package.metadata
        yield Part(
            told["Name"].replace("_", "-"), "library", _licence(told), _home(told), text, version
        )


def _texts(package: Distribution) -> str:
    """Return all texts of a package, one after the other, each once."""
    paths = [
        file for file in package.files or () if _LICENCE.search(str(file)) and file.suffix != ".py"
    ]
    texts = {_read(Path(str(file.locate()))): file.name for file in sorted(paths, key=str)}
    if len(texts) == 1:
        return next(iter(texts))
    return "\n".join(f"{'=' * 80}\n{name}\n{'=' * 80}\n\n{text}" for text, name in texts.items())


def _licence(told: Any) -> str:
    """Return what the package's own description says in a few words."""
    named = told["License-Expression"] or told["License"] or ""
    if named and len(named) < 60:
        return str(named)
    classes = [line for line in told.get_all("Classifier", []) if line.startswith("License ::")]
    return ", ".join(line.rpartition(" :: ")[2] for line in classes)


def _home(told: Any) -> str:
    addresses = dict(line.split(", ", 1) for line in told.get_all("Project-URL", []))
    known = {name.lower(): address for name, address in addresses.items()}
    names = ("homepage", "home", "source", "repository", "source code", "documentation")
    return str(told["Home-page"] or next((known[name] for name in names if name in known), ""))


def _fonts() -> Iterator[Part]:
    for folder, name in _FONTS.items():
        path = RESOURCES / "fonts" / folder / "OFL.txt"
        yield Part(name, "font", "OFL-1.1", "https://openfontlicense.org", _read(path))


def _data() -> Iterator[Part]:
    for about in sorted(RESOURCES.glob("datasets/*/about.json")):
        sets = json.loads(_read(about))
        text = _read(about.with_name("LICENSE"))
        names = " / ".join(dict.fromkeys(entry["title"] for entry in sets))
        yield Part(names, "data", sets[0]["licence"], "", text)


def _version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        path = ROOT / tomllib.load(file)["tool"]["hatch"]["version"]["path"]
    found = re.search(r'__version__ = "(.+)"', _read(path))
    assert found
    return found[1]


def _read(path: Path) -> str:
    """Return a text with the ends of lines of one system, and without a page's end."""
    text = path.read_bytes().decode("utf-8", "replace")
    return text.replace("\r\n", "\n").replace("\f", "").strip("\n") + "\n"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["update"]:
            update()
        case ["check"]:
            wrong = check()
            sys.exit(f"Not current: {', '.join(wrong)}" if wrong else 0)
        case _:
            sys.exit(__doc__)
