import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

import playground
from playground.__main__ import COMMANDS, has_screen, main
from playground.cli.options import parser

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


def test_help_lists_the_options_of_the_window_and_every_command():
    told = run("--help").stdout
    assert told.startswith("usage: playground [--reset] [FILE]")
    assert "--reset  " in told
    assert all(f"\n    {command}" in told for command in COMMANDS)


def test_every_command_is_known_to_the_start():
    (commands,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    assert set(COMMANDS) == set(commands.choices)


def test_the_version_is_told():
    assert run("--version").stdout == f"playground {playground.__version__}\n"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
@pytest.mark.parametrize("arguments", [("digits.nnproj",), ("--reset",)])
def test_without_a_display_a_window_is_a_sentence(arguments):
    environment = {key: value for key, value in os.environ.items() if "DISPLAY" not in key}
    result = run(*arguments, env=environment)
    assert result.returncode == 1
    assert result.stderr.startswith("playground: There is no display for the window.")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--rest",), "unrecognized arguments: --rest. What there is: playground --help."),
        (("--reset", "info"), "--reset opens the window. Received: --reset info."),
    ],
)
def test_a_wrong_option_is_a_sentence(arguments, sentence):
    result = run(*arguments)
    assert (result.returncode, result.stderr) == (1, f"playground: {sentence}\n")


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
