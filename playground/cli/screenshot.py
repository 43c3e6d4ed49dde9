"""``playground screenshot``."""

from __future__ import annotations

import argparse
import re
from argparse import Namespace

from playground.cli.opening import open_named
from playground.errors import ConfigError, FileError
from playground.language import tr


def size(text: str) -> tuple[int, int]:
    """Return width and height from ``1366x768``."""
    match = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)
    if not match:
        raise argparse.ArgumentTypeError(
            tr("write a size such as 1366x768. Received: {text}").format(text=text)
        )
    return int(match[1]), int(match[2])


def run(options: Namespace) -> int:
    """Write the picture."""
    if options.picture.suffix.lower() != ".png":
        raise FileError(
            tr("A picture's name ends with .png. Received: {picture}.").format(
                picture=options.picture
            )
        )
    if not options.picture.absolute().parent.is_dir():
        raise FileError(
            tr("There is no folder {parent}; make it first.").format(parent=options.picture.parent)
        )
    if options.steps < 0:
        raise ConfigError(
            tr("--steps must be 0 or more. Received: {steps}.").format(steps=options.steps)
        )
    project = open_named(options.project).project
    from playground.gui import app  # Qt takes a moment to load, and the other commands need none

    app.screenshot(project, options.picture, options.steps, options.size, options.theme)
    print(tr("Picture written to {picture}").format(picture=options.picture))
    return 0
