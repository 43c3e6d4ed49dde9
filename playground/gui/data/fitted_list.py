"""The numbers by which each column is scaled, and a choice for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from playground.data.dataset import Scaling, ScalingMethod
from playground.gui.data.column_list import short
from playground.gui.look import theme
from playground.gui.widgets import button, column, draw_focus, set_kind
from playground.language import grouped, tr

FEW = 6
"""Columns shown at first."""
_MOST = 200
"""Columns shown ever: whoever has more looks at them in the data browser."""
_ROW, _LONG_ROW = 24, 40
"""A name that leaves the figures no room stands above them."""
_EDGE = 4


@dataclass(frozen=True)
class Fitted:
    """How one column is scaled: ``(raw - offset) / scale``."""

    name: str
    method: ScalingMethod
    offset: float
    scale: float
    chosen: str = ""
    """What its own plan says; nothing if it has none and cannot have one."""


def fitted_columns(
    names: Sequence[str], scaling: Scaling | None, chosen: dict[str, str]
) -> list[Fitted]:
    """Return the columns that are scaled, and those that could be: the keys of ``chosen``."""
    if not names:
        return []  # pixels have no columns
    scaling = scaling or Scaling.none(len(names))
    methods = scaling.methods or Scaling.none(len(names)).methods
    numbers = zip(names, methods, scaling.offset.tolist(), scaling.scale.tolist(), strict=True)
    return [
        Fitted(name, method, offset, scale, chosen.get(name, ""))
        for name, method, offset, scale in numbers
        if method != "none" or name in chosen
    ]


class FittedList(QWidget):
    """A row for each column with its numbers; a click on a row offers another scaling for it."""

    chosen = Signal(str, str)
    """The column and its scaling, by the user's doing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._columns: list[Fitted] = []
        self._all = button("", "chevron-down", "flat", checkable=True)
        self._all.setToolTip(tr("Show every column, or only the first ones"))
        self._all.toggled.connect(self._show)
        self._rows: list[FittedRow] = []
        self._box = column(gap=0)
        self.setLayout(column(self._box, self._all, gap=0))

    def show_columns(self, columns: Sequence[Fitted]) -> None:
        """Show how columns are scaled; nothing at all if there are none."""
        if list(columns) != self._columns:
            self._columns = list(columns)
            self._show()
        self.setVisible(bool(columns))

    def row(self, name: str) -> FittedRow:
        """Return the row of a column in sight."""
        return next(one for one in self._rows if one.fitted.name == name and not one.isHidden())

    def _show(self) -> None:
        """Show all columns or the first few, and say on the button what else there is."""
        count, wanted = len(self._columns), self._all.isChecked()
        shown = self._columns[: _MOST if wanted else FEW]
        while len(self._rows) < len(shown):
            self._rows.append(self._new_row())
        for i, row in enumerate(self._rows):
            row.setVisible(i < len(shown))
            if i < len(shown):
                row.show_fitted(shown[i])
        words = tr("Show fewer") if wanted else tr("Show all {0}").format(grouped(count))
        self._all.setText(words)
        self._all.setProperty("icon_name", "chevron-up" if wanted else "chevron-down")
        set_kind(self._all, "flat")
        self._all.setVisible(count > FEW)

    def _new_row(self) -> FittedRow:
        row = FittedRow()
        row.chosen.connect(self.chosen)
        self._box.addWidget(row)
        return row


class FittedRow(QAbstractButton):
    """A column's name and its numbers; a click or Space opens the choices."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.fitted = Fitted("", "none", 0, 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self._offer)

    def show_fitted(self, fitted: Fitted) -> None:
        """Show how a column is scaled."""
        self.fitted = fitted
        self.setEnabled(bool(fitted.chosen))
        self.setAccessibleName(f"{fitted.name}: {self.words()}")
        self.setToolTip(self._explanation())
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Return the numbers in words."""
        offset, scale = self.fitted.offset, self.fitted.scale
        if self.fitted.method == "standard":
            return tr("mean {0}, sd {1}").format(short(offset), short(scale))
        if self.fitted.method == "unit":
            return tr("min {0}, max {1}").format(short(offset), short(offset + scale))
        return tr("as it is")

    def menu(self) -> QMenu:
        """Return the choices for this column."""
        menu = QMenu(self)
        group = QActionGroup(menu)
        for key, words in self._choices().items():
            action = QAction(words, group, checkable=True, checked=key == self.fitted.chosen)
            action.setData(key)
            menu.addAction(action)
        group.triggered.connect(self._choose)
        return menu

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(160))

    def heightForWidth(self, width: int) -> int:
        fits = self._room(width) >= QFontMetrics(theme.font(theme.SMALL)).horizontalAdvance(
            self.fitted.name
        )
        return theme.px(_ROW if fits else _LONG_ROW)

    def _room(self, width: int) -> int:
        """Return how many pixels the figures leave for the name beside them."""
        figures = QFontMetrics(theme.font(theme.CAPTION)).horizontalAdvance(self.words())
        return width - 2 * _EDGE - figures - 8

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("sunken"))
            painter.drawRoundedRect(box, 4, 4)
        if self.hasFocus():
            draw_focus(painter, box, 4)
        self._draw_words(painter, box.adjusted(_EDGE, 2, -_EDGE, -2))
        painter.end()

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        font, is_long = theme.font(theme.SMALL), self.height() > self.heightForWidth(10_000)
        room = int(box.width()) if is_long else self._room(self.width())
        name = QFontMetrics(font).elidedText(self.fitted.name, Qt.TextElideMode.ElideMiddle, room)
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        up, down = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, up if is_long else middle, name)
        own = self.fitted.chosen not in ("", "default")
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("accent" if own else "muted"))
        painter.drawText(
            box, (down if is_long else middle) | Qt.AlignmentFlag.AlignRight, self.words()
        )

    def _explanation(self) -> str:
        offset, scale = f"{self.fitted.offset:.6g}", f"{self.fitted.scale:.6g}"
        if self.fitted.method == "none":
            words = tr("{0} stays as it is.").format(self.fitted.name)
        else:
            words = tr("({0} − {1}) ÷ {2}, measured on the training rows.")
            words = words.format(self.fitted.name, offset, scale)
        return f"{words} {tr('Click to scale it in another way.')}" if self.isEnabled() else words

    def _choices(self) -> dict[str, str]:
        return {
            "default": tr("As the switch above says"),
            "none": tr("None"),
            "unit": tr("0 to 1"),
            "standard": tr("Standardize"),
        }

    def _offer(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self, action: QAction) -> None:
        if action.data() != self.fitted.chosen:
            self.chosen.emit(self.fitted.name, action.data())
