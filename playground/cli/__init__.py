"""The command line: the same core as the window's, without one."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence

from playground.cli.argparse_texts import translate
from playground.cli.options import parser
from playground.cli.training import INTERRUPTED
from playground.errors import ConfigError, PlaygroundError
from playground.gui.arguments import Parser, add_language
from playground.language import speak, tr


def main(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code."""

    def command() -> int:
        others = _spoken(arguments)  # first: the parser's own texts depend on it
        options = parser().parse_args(others)
        if options.reset:
            raise ConfigError(
                tr("--reset opens the window. Received: {0}.").format(" ".join(arguments))
            )
        code: int = options.run(options)
        return code

    return guarded(command)


def _spoken(arguments: Sequence[str]) -> list[str]:
    """Speak the language that ``--language`` asks for; return the other arguments."""
    translate()
    first = Parser(add_help=False, allow_abbrev=False)
    add_language(first)
    options, others = first.parse_known_args(arguments)
    if options.language:
        speak(options.language)
    return others


def guarded(command: Callable[[], int]) -> int:
    """Return the command's exit code; what the user can mend becomes one line on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a terminal may lack a letter of a file's name; a pipe shall show each line at once
            stream.reconfigure(errors="replace", line_buffering=True)
    try:
        code = command()
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader, such as ``head``, has gone; at exit, too, nothing may be written to it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (PlaygroundError, OSError) as error:
        print(f"playground: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(tr("playground: stopped."), file=sys.stderr)
        return INTERRUPTED
    return code
