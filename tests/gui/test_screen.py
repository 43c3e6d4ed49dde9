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
    start = window_named("^Neural Playground$")
    xdotool("windowactivate", "--sync", start)
    time.sleep(1)
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
