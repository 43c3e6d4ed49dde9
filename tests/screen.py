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
