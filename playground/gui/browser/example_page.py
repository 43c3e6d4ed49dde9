"""One example, large, with all that is known of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from playground.data.dataset import DataKind
from playground.gui import widgets
from playground.gui.browser.class_pictures import picture_of
from playground.gui.browser.facts import Fact, Facts
from playground.gui.browser.fields import Field, fields_of, part_name
from playground.gui.browser.state import Shown
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.language import grouped, tr

_PICTURE = 200


class ExamplePage(QWidget):
    """Heading with a star, picture of an image, every value."""

    starred = Signal(object)
    """The positions, here one, whose star is turned."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._position: int | None = None
        self._fields: tuple[Field, ...] = ()
        self._image: QImage | None = None
        self._heading = widgets.label("", theme.BODY, 600)
        self._part = widgets.label("", theme.SMALL, colour="muted")
        tip = tr("In the inspection set: followed all through the training (Space)")
        self._star = widgets.button("☆", kind="flat", tip=tip, checkable=True)
        self._star.setAccessibleName(tip)
        explain(self._star, "star")
        self._star.clicked.connect(self._turn_star)
        self._picture = widgets.Painted(self._paint, _PICTURE, tr("The selected image"))
        self._facts = Facts(tr("Values of the selected example"))
        self._empty = widgets.label(
            tr("A click on an example shows it here, and in every other view."),
            colour="muted",
            wrap=True,
        )
        head = widgets.row(self._heading, self._part, widgets.STRETCH, self._star)
        self._head = widgets.boxed(head)
        self.setLayout(
            widgets.column(self._empty, self._head, self._picture, self._facts, widgets.STRETCH)
        )
        theme.notifier().changed.connect(self._draw)

    def show_example(self, shown: Shown, position: int | None) -> None:
        """Show an example, or how to choose one."""
        if self._shown is None or self._shown.catalogue is not shown.catalogue:
            self._fields = tuple(
                field
                for field in fields_of(shown.catalogue)
                if field.kind not in ("star", "row", "part")
            )
        fresh = position != self._position or self._shown is None
        self._shown, self._position = shown, position
        self._empty.setVisible(position is None)
        self._head.setVisible(position is not None)
        self._facts.setVisible(position is not None)
        is_image = shown.catalogue.dataset.kind is DataKind.IMAGES
        self._picture.setVisible(position is not None and is_image)
        if position is not None:
            self._show_heading(shown, position)
            self._facts.show_facts(len(self._fields), self._fact)
        if fresh:
            self._draw()

    def _show_heading(self, shown: Shown, position: int) -> None:
        row = grouped(int(shown.catalogue.rows[position]) + 1)
        is_image = shown.catalogue.is_images
        self._heading.setText((tr("Image {0}") if is_image else tr("Row {0}")).format(row))
        self._part.setText(part_name(int(shown.catalogue.parts[position])))
        chosen = shown.is_inspected(position)
        self._star.setChecked(chosen)
        self._star.setText("★" if chosen else "☆")

    def _fact(self, row: int) -> Fact:
        shown, position, field = self._shown, self._position, self._fields[row]
        if shown is None or position is None:
            return "", "", "text"
        text = field.text(shown, position)
        if not text:
            missing = field.kind == "data"
            return field.title(shown.catalogue), tr("missing") if missing else "–", "muted"
        right = None if shown.answers is None else shown.answers.right
        if field.kind != "answer" or right is None:
            return field.title(shown.catalogue), text, "text"
        sign, token = ("✓", "text") if right[position] else ("✕", "danger")
        return field.title(shown.catalogue), f"{sign} {text}", token

    def _turn_star(self) -> None:
        if self._position is not None:
            self.starred.emit([self._position])

    def _draw(self) -> None:
        shown, position = self._shown, self._position
        self._image = None
        if shown is not None and position is not None and shown.catalogue.is_images:
            self._image = picture_of(shown.catalogue.picture(position))
        self._picture.update()

    def _paint(self, painter: QPainter, box: QRectF) -> None:
        if self._image is None:
            return
        size = self._image.size()
        factor = min(box.width() / size.width(), box.height() / size.height())
        width, height = size.width() * factor, size.height() * factor
        place = QRectF(box.left() + (box.width() - width) / 2, box.top(), width, height)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, size.width() > 64)
        painter.drawImage(place, self._image)
