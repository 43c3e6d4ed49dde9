"""What a right click on a chart offers: the picture or its numbers as a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from playground.errors import FileError
from playground.gui.help.asking import add_question
from playground.language import tr

Table = Iterable[Sequence[object]]
"""Rows of a CSV file, its header first."""
_DENSITY = 2  # of a PNG, so that it is sharp in a document


class ChartMenu(QMenu):
    """Save a widget as PNG or SVG, and what it shows as CSV if there is a ``table``."""

    def __init__(self, chart: QWidget, name: str, table: Callable[[], Table] | None = None) -> None:
        super().__init__(chart)
        self._chart, self._name, self._table = chart, name, table
        self.addAction(tr("Save picture as PNG..."), lambda: self._save("png"))
        self.addAction(tr("Save picture as SVG..."), lambda: self._save("svg"))
        if table:
            self.addAction(tr("Save numbers as CSV..."), lambda: self._save("csv"))
        self.addSeparator()
        add_question(self, chart)

    def content(self, extension: str) -> bytes:
        """Return what a file with this extension would hold: ``png``, ``svg`` or ``csv``."""
        if extension == "csv" and self._table:
            return csv_bytes(self._table())
        return svg_bytes(self._chart) if extension == "svg" else png_bytes(self._chart)

    def _save(self, extension: str) -> None:
        content = self.content(extension)  # as it is now, not when the dialog is done
        name, _ = QFileDialog.getSaveFileName(
            self._chart, tr("Save"), f"{self._name}.{extension}", f"(*.{extension})"
        )
        if not name:
            return
        path = Path(name)
        try:
            write(path if path.suffix else path.with_suffix(f".{extension}"), content)
        except FileError as error:
            from playground.gui import dialogs  # which needs half of the window

            dialogs.show_error(self._chart, str(error))


def write(path: Path, content: bytes) -> None:
    """Write a file; raise ``FileError`` with the reason if it cannot be."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise FileError(
            tr("{path} cannot be written: {reason}. Choose another folder or name.").format(
                path=path, reason=error.strerror
            )
        ) from None


def png_bytes(widget: QWidget) -> bytes:
    """Return a picture of a widget at twice its size."""
    image = QImage(widget.size() * _DENSITY, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(_DENSITY)
    image.fill(widget.palette().base().color())
    widget.render(image, QPoint())
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def svg_bytes(widget: QWidget) -> bytes:
    """Return a widget as scalable vectors."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setResolution(widget.logicalDpiX())  # or its fonts have another size
    painter = QPainter(generator)
    painter.fillRect(widget.rect(), widget.palette().base())
    widget.render(painter, QPoint())
    painter.end()
    return bytes(buffer.data().data())


def csv_bytes(table: Table) -> bytes:
    """Return rows as CSV; an empty field for None."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(table)
    return text.getvalue().encode()
