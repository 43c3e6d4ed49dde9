"""``python -m playground``: the window, or with a command the command line."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from playground.language import of_system, speak, tr_declared

COMMANDS = ("train", "evaluate", "screenshot", "info")
"""What works without a window. Anything else is a file to open in it: ``./train``, say."""
_TOLD = ("-h", "--help", "--version")


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, or do what the arguments say; return the exit code."""
    if arguments is None:
        arguments = sys.argv[1:]
    _give_streams()
    speak(of_system())  # until the settings, or an option, say otherwise
    # each way loads only what it needs
    if any(argument in (*COMMANDS, *_TOLD) for argument in arguments):
        from playground import cli

        return cli.main(arguments)
    if not has_screen() and not arguments:
        from playground.cli.headless import run

        return run()
    return _open_window(arguments)


def _give_streams() -> None:
    """Let what is printed go nowhere where there is nowhere to print: a Windows app has no console.

    For the command line the bundle has ``neural-playground-cli.exe``, which has one.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, io.StringIO())


def _open_window(arguments: Sequence[str]) -> int:
    from playground.errors import ConfigError
    from playground.gui.arguments import NO_SCREEN, window_arguments

    try:
        wanted = window_arguments(arguments)
    except ConfigError as error:
        sys.exit(f"playground: {error}")
    if not has_screen():
        sys.exit(f"playground: {tr_declared(NO_SCREEN)}")
    from playground.gui import app

    return app.main(wanted)


def has_screen() -> bool:
    """Return whether a window could be seen; on Linux Qt would otherwise abort the program."""
    return not sys.platform.startswith("linux") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


if __name__ == "__main__":
    sys.exit(main())
