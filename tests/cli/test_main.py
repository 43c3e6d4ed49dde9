import os
import subprocess
import sys
from pathlib import Path

import pytest

import playground
from playground.__main__ import has_screen, main

ROOT = Path(playground.__file__).parent.parent


def run(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-m", "playground", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def test_arguments_go_to_the_command_line(capsys):
    assert main(["info"]) == 0
    assert "Neural Playground" in capsys.readouterr().out


def test_a_mistake_ends_the_program_with_code_1_and_no_traceback():
    result = run("train", "nothing")
    assert result.returncode == 1
    assert result.stderr.startswith("playground: ")
    assert "Traceback" not in result.stderr


def test_training_needs_no_qt():
    code = (
        "import sys; from playground.__main__ import main; "
        "main(['train', 'iris', '--epochs', '1']); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes")
def test_a_reader_that_leaves_early_gets_no_traceback():
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as closed:
        result = subprocess.run(
            [sys.executable, "-m", "playground", "info"],
            cwd=ROOT,
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert result.stderr == ""
    assert result.returncode == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
@pytest.mark.parametrize(
    ("environment", "screen"),
    [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)],
)
def test_a_linux_screen_is_known_by_its_variables(environment, screen, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert has_screen() is screen
