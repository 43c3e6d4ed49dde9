"""What the set-up tells the user."""

import sys


class SetUpError(Exception):
    """Say what is wrong and what the user can do about it."""


def say(text: str) -> None:
    """Tell the user how far we are; stdout belongs to the playground."""
    print(text, file=sys.stderr, flush=True)


def last_line(text: str, sign: str = "") -> str:
    """Return the last line that has a sign in it and is not blank."""
    lines = (line for line in reversed(text.splitlines()) if line.strip() and sign in line)
    return next(lines, "")
