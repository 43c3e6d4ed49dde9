"""The app in a real window, used as a person would: with mouse and keys."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.screen import start_page, window_named, xdotool

pytestmark = pytest.mark.screen


@pytest.fixture
def app(tmp_path):
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-m", "playground"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield process
        process.kill()


def test_start_learn_close(app):
    """One key on the first card and it is learning; closing asks, and ends with 0."""
    start_page()
    xdotool("key", "Return")  # the first card has the focus
    learning = window_named("Digits.* - Neural Playground")
    time.sleep(3)
    xdotool("windowactivate", "--sync", learning)
    xdotool("key", "ctrl+q")
    question = window_named("Save the project")
    xdotool("windowactivate", "--sync", question)
    asked = time.monotonic()
    xdotool("key", "Tab", "space")  # from Save to Discard
    assert app.wait(timeout=10) == 0, app.stdout.read()
    assert time.monotonic() - asked < 2
    assert app.stdout.read() == ""


def test_a_table_is_dragged_from_another_program(app, tmp_path):
    """A drag of the desktop's own: the window takes the file and shows what becomes of it."""
    start_page()
    table = tmp_path / "flowers.csv"
    table.write_text("petal,species\n" + "".join(f"{n},{'ab'[n % 2]}\n" for n in range(40)))
    script = Path(__file__).with_name("drag_source.py")
    with subprocess.Popen([sys.executable, script, table], stdout=subprocess.PIPE) as source:
        window_named("^Something to drag$")
        time.sleep(1)
        xdotool("mousemove", "40", "30", "mousedown", "1")
        for x in range(60, 680, 60):
            xdotool("mousemove", str(x), str(x // 2 + 20))
            time.sleep(0.2)  # as a hand would: both programs talk to each other at every step
        time.sleep(1)
        xdotool("mouseup", "1")
        window_named("^Open CSV$")
        assert source.wait(timeout=10) == 0
