"""What packaging/build.py decides; that its bundles work is proved in test_bundle.py."""

from pathlib import Path

import pytest
from PIL import Image

import build
import bundle
import debian
import playground
from messages import SetUpError

SQUARES = {(side, side) for side in (16, 32, 64, 256)}


def test_the_version_is_the_apps():
    assert bundle.version() == playground.__version__


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("_internal/PySide6/Qt/lib/libQt6Core.so.6", "Qt"),
        ("_internal/PySide6/Qt/lib/libicudata.so.73", "Qt: ICU (alphabets and calendars)"),
        ("_internal/PySide6/QtCore.abi3.so", "PySide6"),
        ("_internal/numpy/_core/_multiarray_umath.so", "numpy"),
        ("_internal/numpy.libs/libscipy_openblas64_.so", "numpy"),
        ("_internal/resources/datasets/mnist/labels.gz", "resources/datasets"),
        ("_internal/libpython3.11.so.1.0", "Python"),
        ("_internal/python3.11/lib-dynload/math.so", "Python"),
        ("_internal/libxcb-cursor.so.0", "libraries of the system"),
        ("neural-playground", "our code, and all that is Python in libraries"),
        ("Contents/Frameworks/numpy/_core/umath.so", "numpy"),
    ],
)
def test_each_file_of_a_bundle_is_counted_to_its_library(file, part):
    assert bundle.part_of(Path(file)) == part


def test_the_files_of_a_bundle_are_weighed(tmp_path):
    numpy = tmp_path / "_internal" / "numpy"
    numpy.mkdir(parents=True)
    (numpy / "a.so").write_bytes(bytes(100))
    (numpy / "b.so").write_bytes(bytes(20))
    (tmp_path / "_internal" / "b.so").symlink_to("numpy/b.so")

    assert bundle.weights(tmp_path) == {"numpy": 120}


def test_a_bundle_that_is_too_large_is_refused(tmp_path, monkeypatch):
    (tmp_path / "neural-playground").write_bytes(bytes(100))
    monkeypatch.setattr(bundle, "DIST", tmp_path)
    monkeypatch.setattr(bundle, "LARGEST", 0)

    with pytest.raises(SetUpError, match="larger than 0 MB"):
        bundle.report(tmp_path)


def test_a_bundle_that_needs_more_of_the_system_than_the_package_says_is_refused(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(bundle, "needed_libraries", lambda _: {"libc.so.6", "libnowhere.so.9"})

    with pytest.raises(SetUpError, match=r"needs libnowhere\.so\.9:"):
        bundle.check_libraries(tmp_path)


def test_the_package_depends_on_what_the_bundle_leaves_to_the_system():
    c_library, *others = debian.dependencies()

    assert c_library.startswith("libc6 (>= ")
    assert "libegl1" in others
    assert len(set(others)) == len(others)


def test_a_template_has_its_values_put_in(tmp_path):
    template = tmp_path / "about.txt"
    template.write_text("Version: @VERSION@\n")

    debian.put(template, tmp_path / "there" / "about.txt", {"VERSION": "1.2.3"})

    assert (tmp_path / "there" / "about.txt").read_text() == "Version: 1.2.3\n"


@pytest.mark.parametrize("name", ["app.ico", "app.icns"])
def test_the_icons_of_windows_and_macos_hold_every_size(name):
    with Image.open(bundle.ICONS / name) as icon:
        sizes = {size[:2] for size in icon.info["sizes"]}
        icon.load()

    assert sizes >= SQUARES


def test_what_cannot_be_built_is_told_with_what_can(capsys):
    assert build.main(["everything"]) == 2
    assert "folder, tar, deb, setup, dmg" in capsys.readouterr().err
