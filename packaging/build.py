#!/usr/bin/env python3
"""Make the app that is downloaded and double-clicked, for the system this runs on.

``build.py folder`` makes a folder in ``dist/`` that needs no Python; its executable takes what
``python -m playground`` takes. The others pack it: ``tar`` and ``deb`` on Linux, ``setup`` (an
installer) on Windows, ``dmg`` (a disk image) on macOS. Without an argument: the folder.
"""

import run  # first, for it refuses an old Python in a sentence

# isort: split
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bundle import make_folder
from debian import make_deb
from installers import make_dmg, make_setup, make_tar
from messages import say

TARGETS: dict[str, Callable[[], Path]] = {
    "folder": make_folder,
    "tar": make_tar,
    "deb": make_deb,
    "setup": make_setup,
    "dmg": make_dmg,
}


def main(arguments: Sequence[str]) -> int:
    """Build what the argument names, print its path, and return the exit code."""
    target = arguments[0] if arguments else "folder"
    if target not in TARGETS or len(arguments) > 1:
        say(f"What to build? One of: {', '.join(TARGETS)}.")
        return 2

    def build() -> int:
        print(TARGETS[target]())
        return 0

    return run.told(build)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
