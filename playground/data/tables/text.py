"""A CSV file as text: how it is written, as chosen or as found."""

from __future__ import annotations

import codecs
from pathlib import Path

from playground.data.files import opened
from playground.data.progress import Progress, unwatched
from playground.data.tables.decoding import Bytes, scan, scan_beginning
from playground.data.tables.guess import (
    cut,
    guess_decimal,
    guess_delimiter,
    guess_header,
    guess_quote,
    guess_thousands,
)
from playground.data.tables.options import (
    AS_IT_LOOKS,
    DECIMALS,
    DELIMITERS,
    MISSING,
    QUOTES,
    Decimal,
    Delimiter,
    Header,
    Quote,
    TextEncoding,
    TextFormat,
    TextOptions,
)
from playground.data.tables.records import opened_text, records

__all__ = [
    "AS_IT_LOOKS",
    "DECIMALS",
    "DELIMITERS",
    "MISSING",
    "QUOTES",
    "Decimal",
    "Delimiter",
    "Header",
    "Quote",
    "TextEncoding",
    "TextFormat",
    "TextOptions",
    "detect_beginning",
    "detect_format",
    "opened_text",
    "records",
]

_SAMPLE = 1 << 18  # bytes


def detect_format(
    path: Path, options: TextOptions = AS_IT_LOOKS, progress: Progress = unwatched
) -> TextFormat:
    """Return the format of a file; ``"auto"`` choices are guessed from its first records.

    The encoding is that of all its bytes. Raises ``DataError`` if they are no text, or not in the
    chosen encoding.
    """
    return format_of(path, scan(path, options.encoding, progress), options)


def detect_beginning(path: Path, options: TextOptions = AS_IT_LOOKS) -> TextFormat:
    """Return what the format seems to be from the beginning of a file, be it ever so long."""
    return format_of(path, scan_beginning(path, options.encoding), options)


def format_of(path: Path, found: Bytes, options: TextOptions) -> TextFormat:
    """Return the format of a file whose bytes have been looked at."""
    text = _beginning(path, found)
    quote = guess_quote(text) if options.quote == "auto" else QUOTES[options.quote]
    delimiter = DELIMITERS.get(options.delimiter, options.delimiter)
    if delimiter == "auto":
        delimiter = guess_delimiter(text, quote)
    sample = cut(text, delimiter, quote)
    decimal = DECIMALS.get(options.decimal) or guess_decimal(sample, delimiter)
    has_header = options.header == "yes"
    if options.header == "auto":
        has_header = not sample or guess_header(sample, decimal, options.missing)
    return TextFormat(
        found.encoding,
        delimiter,
        decimal,
        quote,
        has_header,
        options.missing,
        guess_thousands(sample, decimal),
    )


def _beginning(path: Path, found: Bytes) -> str:
    """Return the first lines, the last of them whole."""
    with opened(path) as file:
        data = file.read(_SAMPLE)
    text = codecs.getincrementaldecoder(found.encoding)("replace").decode(data)
    end = max(text.rfind("\n"), text.rfind("\r")) + 1
    return text[:end] if len(data) == _SAMPLE and end else text
