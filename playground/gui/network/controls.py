"""The real buttons on the picture: + between the columns, and those of the selected layer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from playground.component import summary
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.network.edits import Choice
from playground.language import tr
from playground.nn.model import Sequential

SIDE = 20


class RoundButton(QAbstractButton):
    """A small round button with an icon, light enough to have many."""

    def __init__(self, parent: QWidget, icon_name: str) -> None:
        super().__init__(parent)
        self.setFixedSize(SIDE, SIDE)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._icons: dict[str, QIcon] = {
            tone: icon(icon_name, tone) for tone in ("muted", "accent", "border")
        }

    def name(self, text: str) -> None:
        """Say what the button does, to the eye and to the ear."""
        self.setToolTip(text)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        is_lit = self.isEnabled() and (self.underMouse() or self.hasFocus())
        tone = "border" if not self.isEnabled() else "accent" if is_lit else "muted"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("accent" if is_lit else "border", 2 if is_lit else 1))
        painter.setBrush(theme.colour("tint" if self.isDown() else "surface"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        self._icons[tone].paint(painter, self.rect().adjusted(4, 4, -4, -4))


def layer_menu(parent: QWidget, choices: list[Choice], pick: Callable[[Sequential], None]) -> QMenu:
    """Return a menu of layers to put in; those that would not fit say why."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    menu.setAccessibleName(tr("Layers to add"))
    for choice in choices:
        action = menu.addAction(type(choice.layer).__name__)
        about = summary(type(choice.layer))
        action.setToolTip(choice.problem or about)
        action.setStatusTip(choice.problem or about)
        action.setEnabled(not choice.problem)
        action.triggered.connect(lambda _=False, model=choice.model: pick(model))
    return menu
