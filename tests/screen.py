"""The keys and windows of a real display, as a person has them."""

import subprocess
import time


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


def start_page(seconds=60):
    """Bring the window to the front once there is something in it, when it has its icon, too."""
    window = window_named("^Neural Playground$", seconds)
    deadline = time.monotonic() + seconds
    told = ["xprop", "-id", window, "_NET_WM_ICON"]
    while "not found" in subprocess.run(told, capture_output=True, text=True).stdout:
        assert time.monotonic() < deadline, "the window stays empty"
        time.sleep(0.1)
    xdotool("windowactivate", "--sync", window)
    time.sleep(1)
