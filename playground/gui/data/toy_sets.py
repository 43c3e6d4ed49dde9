"""The made data, as pictures to choose from: points of classes, surfaces, curves."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from playground.component import summary
from playground.data.sources import DataSource
from playground.data.sources.curves import CurveSource
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.drawn_curve import DrawnCurve
from playground.data.sources.drawn_source import DrawnSource
from playground.data.sources.made import MadeSource
from playground.data.sources.points import PointSource
from playground.data.sources.surfaces import SurfaceSource
from playground.gui.data.toy_pictures import ToyPicture
from playground.gui.help.subjects import explain
from playground.gui.help.topics import component_topic
from playground.gui.look import theme
from playground.gui.widgets import GAP, Segments, column
from playground.language import tr, tr_declared

COLUMNS = 4
GROUPS = ("classes", "surfaces", "curves")


class ToySets(QWidget):
    """One picture for each kind of made data; a click or the arrow keys choose."""

    chosen = Signal(str)
    """The name of a class of sources, by the user's doing."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Toy problems"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        names = (tr("Classes"), tr("Surfaces"), tr("Curves"))
        tips = (
            tr("Points of two or more classes"),
            tr("Numbers over the plane"),
            tr("A number that depends on one input"),
        )
        self.groups = Segments(
            dict(zip(GROUPS, names, strict=True)),
            tr("Show"),
            tips=dict(zip(GROUPS, tips, strict=True)),
        )
        self.groups.chosen.connect(self._show_group)
        self._buttons: dict[type[DataSource], _ToySet] = {}
        self._pictures = QButtonGroup(self)
        self._pictures.buttonClicked.connect(self._clicked)
        self._grids = {name: self._grid(name) for name in GROUPS}
        self._shown: type[DataSource] | None = None
        self.setLayout(column(self.groups, *self._grids.values(), gap=12))
        self.groups.set_choice("classes")
        self._show_group("classes")

    def button(self, cls: type[DataSource]) -> QAbstractButton:
        """Return the picture of a kind of data."""
        return self._buttons[cls]

    def show_choice(self, cls: type[DataSource]) -> None:
        """Frame a picture without emitting ``chosen``, in the group that it belongs to."""
        if cls is self._shown:
            return
        self._shown = cls
        self._pictures.setExclusive(False)  # so that none may be framed
        for known, picture in self._buttons.items():
            picture.setChecked(known is cls)
        self._pictures.setExclusive(True)
        if group := group_of(cls):
            self.groups.set_choice(group)
            self._show_group(group)

    def _grid(self, group: str) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        grid.setHorizontalSpacing(4)
        for place in range(COLUMNS):
            grid.setColumnStretch(place, 1)
        for i, cls in enumerate(cls for cls in toy_sets() if group_of(cls) == group):
            picture = _ToySet(cls)
            self._pictures.addButton(picture)
            grid.addWidget(picture, i // COLUMNS, i % COLUMNS)
            self._buttons[cls] = picture
        return page

    def _show_group(self, name: str) -> None:
        for known, page in self._grids.items():
            page.setVisible(known == name)

    def _clicked(self, picture: QAbstractButton) -> None:
        for cls, known in self._buttons.items():
            if known is picture and cls is not self._shown:
                self._shown = cls
                self.chosen.emit(cls.__name__)


class _ToySet(QAbstractButton):
    """The picture of one kind of data, with its name."""

    def __init__(self, cls: type[DataSource]) -> None:
        super().__init__()
        self._picture = ToyPicture(cls)
        self.setText(tr("Draw") if issubclass(cls, DrawnSource) else tr_declared(cls.title))
        self.setAccessibleName(tr_declared(cls.title))
        self.setToolTip(summary(cls))
        explain(self, component_topic(cls))
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self._forget_picture)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.font(theme.CAPTION, 600)).horizontalAdvance(self.text())
        return QSize(max(40, words), 48 + theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        caption = theme.px(20)
        side = max(min(self.width(), self.height() - caption), 8)
        box = QRectF((self.width() - side) / 2, 0, side, side).adjusted(1, 1, -1, -1)
        self._picture.paint(painter, box)
        self._paint_frame(painter, box)
        painter.setFont(theme.font(theme.CAPTION, 600 if self.isChecked() else 400))
        painter.setPen(theme.colour("text" if self.isChecked() else "muted"))
        words = QRectF(0, self.height() - caption + 2, self.width(), caption - 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked() or self.hasFocus():
            painter.setPen(theme.pen("accent", 2))
            painter.drawRoundedRect(box, 6, 6)
        elif self.underMouse():
            painter.setPen(theme.colour("border"))
            painter.drawRoundedRect(box, 6, 6)

    def _forget_picture(self) -> None:
        self._picture.forget()
        self.update()


def toy_sets() -> list[type[DataSource]]:
    """Return every kind of made data that there is, and what is empty to be drawn on."""
    made = [cls for cls in DataSource.registry.values() if issubclass(cls, MadeSource)]
    return [*made, DrawnPoints, DrawnCurve]


def group_of(cls: type[DataSource]) -> str:
    """Return which of ``GROUPS`` a kind of data belongs to; nothing if to none."""
    if issubclass(cls, (PointSource, DrawnPoints)):
        return "classes"
    if issubclass(cls, SurfaceSource):
        return "surfaces"
    return "curves" if issubclass(cls, (CurveSource, DrawnCurve)) else ""
