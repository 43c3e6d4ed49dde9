"""What ``argparse`` says of itself, in the language in force."""

from __future__ import annotations

import argparse

from playground.language import mark, tr_declared

TEXTS = (
    mark("usage: "),
    mark("positional arguments"),
    mark("options"),
    mark("show this help message and exit"),
    mark("argument %(argument_name)s: %(message)s"),
    mark("expected one argument"),
    mark("ignored explicit argument %r"),
    mark("invalid %(type)s value: %(value)r"),
    mark("invalid choice: %(value)r (choose from %(choices)s)"),
    mark("the following arguments are required: %s"),
    mark("unrecognized arguments: %s"),
)
"""Those that this program's options can call forth."""


def translate() -> None:
    """Let ``argparse`` look its texts up in our catalogue rather than in the system's."""
    vars(argparse)["_"] = tr_declared  # the name under which it imports gettext()
