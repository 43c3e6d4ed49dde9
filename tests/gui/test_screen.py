"""The app in a real window, used as a person would: with mouse and keys."""

import os
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.screen


def xdotool(*arguments):
    return subprocess.run(
        ["xdotool", *arguments], capture_output=True, text=True, timeout=30
    ).stdout.split()


def window_named(name, seconds=30):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = xdotool("search", "--onlyvisible", "--name", name)
        if found:
            return found[-1]
        time.sleep(0.1)
    raise TimeoutError(f"no window named {name}")


@pytest.fixture
def app(tmp_path):
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path)}
    process = subprocess.Popen(
        [sys.executable, "-m", "playground"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process
    process.kill()
    process.wait()


def test_start_learn_close(app):
    """One click on the first card and it is learning; closing asks, and ends with 0."""
    start = window_named("^Neural Playground$")
    xdotool("windowactivate", "--sync", start)
    time.sleep(1)
    xdotool("mousemove", "--window", start, "240", "260", "click", "1")
    learning = window_named("Digits.* - Neural Playground")
    time.sleep(3)
    xdotool("key", "--window", learning, "ctrl+q")
    question = window_named("Save the project")
    xdotool("windowactivate", "--sync", question)
    asked = time.monotonic()
    xdotool("key", "--window", question, "alt+d")
    assert app.wait(timeout=10) == 0, app.stdout.read()
    assert time.monotonic() - asked < 2
    assert app.stdout.read() == ""
