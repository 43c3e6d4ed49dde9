"""Labels, buttons and the boxes they stand in."""

from __future__ import annotations

from typing import Final, Literal, TypeVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from playground.gui.look import theme
from playground.gui.look.icons import icon as themed_icon

GAP, MARGIN = 8, 16
"""Between two controls; around the contents of a panel. All spacing is a multiple of 8 or 4."""
STRETCH: Final = None
"""In ``row`` and ``column``: the place that takes the spare room."""

Kind = Literal["", "primary", "quiet", "flat", "danger", "menu", "tab", "chip", "pill", "segment"]
"""Of a button: plain, the next step, text only, icon only, the mend of a failure ..."""
Item = QWidget | QLayout | int | None
L = TypeVar("L", bound=QBoxLayout)
_ICON_COLOURS = {"primary": "on_accent", "danger": "surface", "quiet": "accent"}
_STRONG = {"primary", "danger"}


def label(
    text: str = "",
    px: int = theme.BODY,
    weight: int = 400,
    colour: str = "text",
    *,
    wrap: bool = False,
    elide: bool = False,
) -> QLabel:
    """Return a text of the type scale; ``colour`` is text, muted, accent, on_accent or danger.

    It goes on in another line if it is to ``wrap``, and is cut short if it is to ``elide``.
    """
    result = ElidedLabel(text) if elide else QLabel(text)
    result.setFont(theme.font(px, weight))
    result.setProperty("tone", colour)
    result.setWordWrap(wrap)
    return result


class ElidedLabel(QLabel):
    """A text that is cut where there is no room; the tooltip tells it whole."""

    def __init__(self, text: str, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__(text)
        self._mode = mode

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @property
    def is_cut(self) -> bool:
        """Whether there is no room for the whole text."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.width()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self.is_cut:
            words = filter(None, (self.text(), self.toolTip()))
            QToolTip.showText(event.globalPos(), "\n".join(dict.fromkeys(words)), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        painter.drawText(self.rect(), self.alignment(), shown)
        painter.end()


class Section(QWidget):
    """A heading, with a muted figure at the right."""

    def __init__(self, text: str, detail: str = "") -> None:
        super().__init__()
        self._heading = ElidedLabel(text, Qt.TextElideMode.ElideMiddle)
        self._heading.setFont(theme.font(theme.BODY, 600))
        self._detail = label(detail, theme.SMALL, colour="muted")
        self.setLayout(row(self._heading, STRETCH, self._detail))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Change the heading."""
        self._heading.setText(text)
        self._heading.setToolTip(text)  # it may be cut

    def set_detail(self, detail: str) -> None:
        """Change the figure at the right."""
        self._detail.setText(detail)


def section(text: str, detail: str = "") -> Section:
    """Return a heading with a muted figure at the right."""
    return Section(text, detail)


def button(
    text: str = "",
    icon: str = "",
    kind: Kind = "",
    tip: str = "",
    *,
    checkable: bool = False,
    command: str = "",
) -> QPushButton:
    """Return a push button; ``icon`` is an mdi6 name, ``tip`` is the accessible name as well.

    ``command`` is the id of a command that it does: the window gives it the tooltip of that.

    It takes the focus by keyboard only, so that a click leaves no ring behind.
    """
    result = QPushButton(text)
    result.setObjectName(command)
    result.setCheckable(checkable)
    result.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    result.setProperty("icon_name", icon)
    result.setToolTip(tip)
    result.setAccessibleName(text or tip)
    size = theme.px(16)
    result.setIconSize(QSize(size, size))
    set_kind(result, kind)
    return result


def set_kind(target: QPushButton, kind: Kind) -> None:
    """Change how a button made by ``button`` looks."""
    target.setProperty("kind", kind)
    target.setFont(theme.font(theme.BODY, 600 if kind in _STRONG else 500))
    if name := target.property("icon_name"):
        target.setIcon(themed_icon(name, _ICON_COLOURS.get(kind, "text")))
    target.style().unpolish(target)  # the style sheet looks at the property only when polishing
    target.style().polish(target)


def row(
    *items: Item, gap: int = GAP, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Return a layout from left to right; an int is an empty space, ``STRETCH`` takes the rest."""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(
    *items: Item, gap: int = GAP, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Return a layout from top to bottom; an int is an empty space, ``STRETCH`` takes the rest."""
    return _filled(QVBoxLayout(), items, gap, margins)


def _filled(layout: L, items: tuple[Item, ...], gap: int, margins: tuple[int, int, int, int]) -> L:
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for item in items:
        if item is None:
            layout.addStretch()
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
    return layout


def boxed(layout: QLayout, name: str = "") -> QWidget:
    """Return a widget around a layout; ``name`` is panel, bar, card, canvas or nothing."""
    result = QWidget()
    result.setObjectName(name)
    result.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, bool(name))
    result.setLayout(layout)
    return result


def scrolling(contents: QWidget, name: str = "", *, sideways: bool = False) -> QScrollArea:
    """Return a frame in which contents scroll.

    With a name it takes the focus, for the arrow keys to scroll what has no controls of its own.
    """
    result = QScrollArea()
    result.setFrameShape(QFrame.Shape.NoFrame)
    result.setWidgetResizable(True)
    if not sideways:
        result.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if not name:
        result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    result.setProperty("takes_focus", bool(name))  # the style sheet shows it
    result.setAccessibleName(name)
    result.setWidget(contents)
    return result


def divider(*, vertical: bool = True) -> QFrame:
    """Return a hairline between two groups."""
    result = QFrame()
    result.setObjectName("divider")
    if vertical:
        result.setFixedWidth(1)
    else:
        result.setFixedHeight(1)
    return result


def draw_focus(painter: QPainter, rect: QRectF, radius: float = 6) -> None:
    """Draw the focus ring just inside ``rect``."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(theme.pen("accent", 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
