"""The text of a file of the user's."""

from __future__ import annotations

import codecs
from pathlib import Path

from playground.data.files import find, opened
from playground.errors import DataError
from playground.language import grouped, tr

MOST_BYTES = 16 * 2**20
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_text(path: Path) -> tuple[str, str]:
    """Return the text of a file, and its encoding: as the byte order mark says, UTF-8, or cp1252.

    Raises ``DataError`` for a file that is too large or no text.
    """
    with opened(find(path)) as file:
        data = file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            size = file.seek(0, 2)
            raise DataError(
                tr("{name} has {0} MB, more than {1} MB; choose a part of it.").format(
                    grouped(size / 2**20, ".1f"), grouped(MOST_BYTES / 2**20, ".0f"), name=path.name
                )
            )
    encoding = next((name for mark, name in _BOMS.items() if data.startswith(mark)), "")
    if not encoding and (place := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, place) + 1
        raise DataError(
            tr(
                "{name}, line {line}: a byte 0, which no text has; choose a text file (.txt), not "
                "a document or a picture."
            ).format(name=path.name, line=line)
        )
    return _decoded(path, data, encoding)


def _decoded(path: Path, data: bytes, encoding: str) -> tuple[str, str]:
    try:
        return data.decode(encoding or "utf-8"), encoding or "utf-8"
    except UnicodeDecodeError as error:
        if not encoding:
            return data.decode("cp1252", errors="replace"), "cp1252"
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(
            tr(
                "{name}, line {line}: not {0}, though the file begins as such; save it as UTF-8 "
                "in your editor."
            ).format(encoding.upper(), name=path.name, line=line)
        ) from error
