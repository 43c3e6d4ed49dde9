"""How the text of a CSV file is to be read, and how it was found to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from playground.errors import ConfigError
from playground.language import tr

TextEncoding = Literal[
    "auto",
    "utf-8",
    "utf-16",
    "cp1252",
    "latin-1",
    "cp1250",
    "cp1251",
    "cp850",
    "mac_roman",
    "gb18030",
    "shift_jis",
]
Delimiter = Literal["auto", "comma", "semicolon", "tab", "bar", "space"]
"""The delimiters that have a name; any other single character may be chosen as it is."""
Quote = Literal["auto", "double", "single", "none"]
Decimal = Literal["auto", "point", "comma"]
Header = Literal["auto", "yes", "no"]

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|", "space": " "}
QUOTES = {"double": '"', "single": "'", "none": ""}
DECIMALS = {"point": ".", "comma": ","}
MISSING = (
    *("NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NAN", "null", "NULL", "Null", "None"),
    *("?", "-", "--", ".", "n.d.", "n.a.", "nd", "missing", "mancante", "#NULL!", "#DIV/0!"),
)
"""How people and programs write that a value is missing, beside leaving the cell empty."""


@dataclass(frozen=True)
class TextOptions:
    """How the user wants the text of a CSV file to be read; ``"auto"``: as it looks."""

    encoding: TextEncoding = "auto"
    delimiter: str = "auto"
    """A name of ``Delimiter``, or the character itself."""
    quote: Quote = "auto"
    decimal: Decimal = "auto"
    header: Header = "auto"
    missing: tuple[str, ...] = MISSING
    """What stands for a missing value, beside the empty cell."""

    def __post_init__(self) -> None:
        if self.delimiter not in ("auto", *DELIMITERS) and not _may_delimit(self.delimiter):
            raise ConfigError(
                tr(
                    "The delimiter must be one of {0}, or one ASCII character that is no letter, "
                    "digit, quotation mark, sign, point or line break. Received: {delimiter!r}."
                ).format(", ".join(get_args(Delimiter)), delimiter=self.delimiter)
            )


def _may_delimit(text: str) -> bool:
    return len(text) == 1 and text.isascii() and not text.isalnum() and text not in "\"'.+-\r\n\0"


AS_IT_LOOKS = TextOptions()


@dataclass(frozen=True)
class TextFormat:
    """How the text of one CSV file is written, in characters; ``quote`` is empty for none."""

    encoding: str
    delimiter: str
    decimal: str
    quote: str = '"'
    has_header: bool = True
    missing: tuple[str, ...] = MISSING
    thousands: str = ""
    """What groups the digits of large numbers, as far as the first records tell."""
