"""An X server that nobody sees, with a window manager."""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from messages import SetUpError


@contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """Start an X server and a window manager; yield the variables that lead Qt to them."""
    reader, writer = os.pipe()
    options = ["-displayfd", str(writer), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    server = spawn("Xvfb", *options, "-noreset", pass_fds=[writer])
    os.close(writer)
    try:
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()  # comes when the server is ready
        if not number:
            raise SetUpError("The virtual screen (Xvfb) did not start.")
        with window_manager(f":{number}"):
            yield {"DISPLAY": f":{number}", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


@contextmanager
def window_manager(display: str) -> Iterator[None]:
    """Run openbox on a display, and wait up to ten seconds until it answers."""
    manager = spawn("openbox", "--sm-disable", DISPLAY=display)
    try:
        for _ in range(200):
            # Only a window manager knows of desktops.
            if spawn("xdotool", "get_num_desktops", DISPLAY=display).wait() == 0:
                break
            time.sleep(0.05)
        yield
    finally:
        manager.terminate()
        manager.wait()


def spawn(*command: str, pass_fds: Sequence[int] = (), **changes: str) -> subprocess.Popen[bytes]:
    """Start a program without its chatter."""
    return subprocess.Popen(
        command,
        env={**os.environ, **changes},
        pass_fds=pass_fds,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
