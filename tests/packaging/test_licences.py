"""The licences in the box are those of all that is in it."""

import importlib.util
import sys
from pathlib import Path

import pytest

from playground.gui.about.licences import licences

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("licences", ROOT / "packaging" / "licences.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["licences"] = module
    spec.loader.exec_module(module)
    return module


def test_they_are_what_the_packages_say_now(script):
    assert script.check() == []


def test_every_locked_package_has_one(script):
    told = {(part.name.lower(), part.version) for part in licences()}
    assert set(script.locked().items()) <= told


def test_every_data_set_and_font_has_one():
    texts = [part.text() for part in licences()]
    folders = {path.parent for path in (ROOT / "resources").glob("datasets/*/about.json")}
    folders |= {path.parent for path in (ROOT / "resources" / "fonts").rglob("*.[ot]tf")}
    assert len(folders) > 8
    for folder in folders:
        (own,) = [*folder.glob("LICENSE"), *folder.glob("OFL.txt")]
        assert own.read_text(encoding="utf-8").strip() in "\n".join(texts)


@pytest.mark.parametrize("part", licences(), ids=lambda part: part.name)
def test_each_is_named_and_written_out(part):
    assert part.licence
    assert len(part.text()) > 400


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Qt", "Put a build with the same interface in their place"),
        ("GNU Lesser General Public License 3", "4. Combined Works."),
        ("GNU General Public License 3", "END OF TERMS AND CONDITIONS"),
        ("numpy", "OpenBLAS"),
        ("pillow", "FreeType"),
        ("Software of others in Qt", "src/3rdparty/harfbuzz-ng/*"),
    ],
)
def test_what_the_licences_ask_for_is_there(name, words):
    (text,) = [part.text() for part in licences() if part.name == name]
    assert words in " ".join(text.split())
