"""A CSV file as text: its encoding, its delimiter, its decimal sign, its records."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, BinaryIO, Literal, TextIO, get_args

from playground.data.files import opened
from playground.data.progress import Progress, unwatched
from playground.errors import ConfigError, DataError

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

_GUESSED = ("comma", "semicolon", "tab", "bar")
_SAMPLE = 200  # records from which delimiter and decimal sign are guessed
_CHUNK = 1 << 18
_END = "\ue000 end of the file"  # put behind the text: an open quotation mark swallows it
_LARGEST = 1 << 30
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DECIMAL_COMMA = re.compile(r"\s*[-+]?\d*,\d+\s*")
_DECIMAL_POINT = re.compile(r"\s*[-+]?\d*\.\d+\s*")


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
                f"The delimiter must be one of {', '.join(get_args(Delimiter))}, or one character "
                "that is no letter, digit, quotation mark, point or line break. Received: "
                f"{self.delimiter!r}."
            )


AS_IT_LOOKS = TextOptions()


def _may_delimit(text: str) -> bool:
    return len(text) == 1 and not text.isalnum() and text not in "\"'.\r\n\0+-"


@dataclass(frozen=True)
class TextFormat:
    """How the text of one CSV file is to be read: characters, ``quote`` empty if there is none."""

    encoding: str
    delimiter: str
    decimal: str
    quote: str = '"'
    has_header: bool = True
    missing: tuple[str, ...] = MISSING


def detect_format(
    path: Path, options: TextOptions = AS_IT_LOOKS, progress: Progress = unwatched
) -> TextFormat:
    """Return the format of a file; ``"auto"`` choices are guessed from its first records."""
    encoding = _encoding(path, progress)
    marks = _marks(options.delimiter)
    samples = {mark: _sample(path, encoding, mark) for mark in marks}
    mark = max(marks, key=lambda mark: _regularity(samples[mark]))
    chosen = options.decimal
    point = _decimal(samples[mark], mark) if chosen == "auto" else DECIMALS[chosen]
    return TextFormat(encoding, mark, point, missing=options.missing)


def _marks(delimiter: str) -> list[str]:
    names = _GUESSED if delimiter == "auto" else (delimiter,)
    return [DELIMITERS.get(name, name) for name in names]


def _encoding(path: Path, progress: Progress) -> str:
    """Return the encoding: what a byte order mark says, UTF-8 if all of it fits, else cp1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with opened(path) as file:
        size = path.stat().st_size
        start = file.read(4)
        _check_start(path, size, start)
        for mark, encoding in _BOMS.items():
            if start.startswith(mark):
                return encoding
        file.seek(0)
        encoding = "utf-8"
        for chunk in _chunks(file, size, progress):
            if b"\0" in chunk:
                raise DataError(f"{path.name} is not a text file; choose a CSV file.")
            if encoding == "utf-8" and not _fits(decoder, chunk):
                encoding = "cp1252"
        return encoding if _fits(decoder, b"", final=True) else "cp1252"


def _check_start(path: Path, size: int, start: bytes) -> None:
    if size > _LARGEST:
        raise DataError(
            f"{path.name} has {size / 2**20:,.0f} MB, more than {_LARGEST / 2**20:,.0f} MB; take "
            "a part of its rows."
        )
    if start.startswith(_SPREADSHEETS):
        raise DataError(
            f"{path.name} is a spreadsheet, not text; open it in your spreadsheet program and save "
            "it as CSV."
        )


def _fits(decoder: codecs.IncrementalDecoder, data: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(data, final)
    except UnicodeDecodeError:
        return False
    return True


def _chunks(file: BinaryIO, size: int, progress: Progress) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
        progress(min(1.0, file.tell() / size))


def _sample(path: Path, encoding: str, delimiter: str) -> list[list[str]]:
    try:
        return [cells for _line, cells in islice(records(path, encoding, delimiter), _SAMPLE)]
    except DataError:
        return []  # with this delimiter it is no table


def _regularity(sample: list[list[str]]) -> float:
    """Return how well the records agree with the first one in their number of columns."""
    width = len(sample[0]) if sample else 0
    alike = sum(len(cells) == width for cells in sample) / max(1, len(sample))
    return alike + min(width, 1000) / 10_000 if width > 1 else 0.0


def _decimal(sample: list[list[str]], delimiter: str) -> str:
    cells = [cell for row in sample for cell in row]
    commas = sum(bool(_DECIMAL_COMMA.fullmatch(cell)) for cell in cells)
    points = sum(bool(_DECIMAL_POINT.fullmatch(cell)) for cell in cells)
    return "," if delimiter != "," and commas > points else "."


@contextmanager
def opened_text(path: Path, encoding: str, progress: Progress = unwatched) -> Iterator[TextIO]:
    """Open a file as text, telling the progress as it is read."""
    with opened(path) as file:
        watched = io.BufferedReader(_Watched(file, path.stat().st_size, progress), _CHUNK)
        # cp1252 leaves five bytes undefined; all other encodings have been checked.
        yield io.TextIOWrapper(watched, encoding, errors="replace", newline="")


class _Watched(io.RawIOBase):
    def __init__(self, file: BinaryIO, size: int, progress: Progress) -> None:
        self._file = file
        self._size = max(1, size)
        self._progress = progress

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._progress(min(1.0, self._file.tell() / self._size))
        return len(data)


def records(
    path: Path, encoding: str, delimiter: str, progress: Progress = unwatched
) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line where each record begins, from 1, and its cells.

    Blank lines are passed over, as pandas does.
    """
    with opened_text(path, encoding, progress) as text:
        reader = csv.reader(chain(text, [_END]), delimiter=delimiter, skipinitialspace=True)
        ended = 0
        try:
            for cells in reader:
                line, ended = ended + 1, reader.line_num
                if cells == [_END]:
                    return
                if cells and cells[-1].endswith(_END):
                    raise _unclosed(path, line)
                if len(cells) > 1 or any(cell.strip() for cell in cells):
                    yield line, cells
        except csv.Error as error:  # a cell is longer than csv.field_size_limit()
            raise _unclosed(path, ended + 1) from error


def _unclosed(path: Path, line: int) -> DataError:
    return DataError(
        f"{path.name}, line {line}: a quotation mark that is opened here is never closed; close "
        "it, or take it out."
    )


def is_number(text: str, decimal: str) -> bool:
    """Return whether a cell is a number."""
    try:
        float(text.replace(decimal, "."))
    except ValueError:
        return False
    return True


def looks_like_data(cells: Iterable[str], decimal: str) -> bool:
    """Return whether a first record seems to be values rather than names.

    Whole numbers that only increase, such as years, may be names.
    """
    cells = list(cells)
    numbers = [float(c.replace(decimal, ".")) for c in cells if is_number(c, decimal)]
    increasing = all(a < b and b.is_integer() for a, b in pairwise(numbers))
    return 2 * len(numbers) >= len(cells) and not (increasing and len(numbers) > 1)
