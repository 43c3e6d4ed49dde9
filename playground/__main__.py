"""``python -m playground``: the window, or with arguments the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window, or do what the arguments say; return the exit code."""
    if arguments is None:
        arguments = sys.argv[1:]
    if arguments:
        from playground import cli  # each way loads only what it needs

        return cli.main(arguments)
    if not has_screen():
        from playground.cli.headless import run

        return run()
    from playground.gui import app

    return app.main()


def has_screen() -> bool:
    """Return whether a window could be seen; on Linux Qt would otherwise abort the program."""
    return not sys.platform.startswith("linux") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


if __name__ == "__main__":
    sys.exit(main())
