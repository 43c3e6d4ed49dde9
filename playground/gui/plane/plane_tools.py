"""The bar of tools beside a picture that can be drawn on."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from playground.data.sources.planes import CLASS_NAMES, class_names
from playground.gui.look import theme
from playground.gui.look.markers import class_token, draw_marker
from playground.gui.widgets import STRETCH, button, row
from playground.language import tr


class Tool(Enum):
    """What the mouse does."""

    LOOK = "look"
    ADD = "add"
    MOVE = "move"
    ERASE = "erase"


KEYS = {
    Qt.Key.Key_L: Tool.LOOK,
    Qt.Key.Key_A: Tool.ADD,
    Qt.Key.Key_M: Tool.MOVE,
    Qt.Key.Key_E: Tool.ERASE,
}
_ICONS = {
    Tool.LOOK: "cursor-default-outline",
    Tool.ADD: "plus",
    Tool.MOVE: "cursor-move",
    Tool.ERASE: "eraser",
}


class PlaneTools(QWidget):
    """Tools to look, add, move and erase, and the classes that can be added.

    There is a button for each class of the data, and one more for a new class.
    """

    changed = Signal()
    """Another tool or class, by the user's doing."""
    clear_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Drawing tools"))
        tips = {
            Tool.LOOK: tr("Look: a click chooses an example (L)"),
            Tool.ADD: tr("Add points by clicking (A)"),
            Tool.MOVE: tr("Move a point by dragging it (M)"),
            Tool.ERASE: tr("Erase points (E); with any tool a right click erases one"),
        }
        self._tools = {tool: button("", _ICONS[tool], "flat", tips[tool]) for tool in Tool}
        self._classes = [button("", kind="flat") for _ in CLASS_NAMES]
        self._clear = button("", "delete-sweep-outline", "flat", tr("Erase all points"))
        self._clear.clicked.connect(self.clear_asked)
        group = QButtonGroup(self)
        for one in (*self._tools.values(), *self._classes):
            one.setCheckable(True)
        for one in self._tools.values():
            group.addButton(one)
        for tool, one in self._tools.items():
            one.clicked.connect(lambda _=False, tool=tool: self.choose(tool))
        for label, one in enumerate(self._classes):
            one.clicked.connect(lambda _=False, label=label: self.choose_class(label))
        self.setLayout(row(*self._tools.values(), 8, *self._classes, STRETCH, self._clear, gap=4))
        self._tools[Tool.LOOK].setChecked(True)
        self.label = 0
        """The class of points to add."""
        self._offered, self._known = 0, -1
        theme.notifier().changed.connect(self._draw_marks)
        self.show_classes(CLASS_NAMES[:2])

    @property
    def tool(self) -> Tool:
        """The tool in hand."""
        return next(tool for tool, one in self._tools.items() if one.isChecked())

    def tool_button(self, tool: Tool) -> QPushButton:
        """Return the button of a tool."""
        return self._tools[tool]

    def class_button(self, label: int) -> QPushButton:
        """Return the button of a class."""
        return self._classes[label]

    def choose(self, tool: Tool) -> None:
        """Take a tool."""
        self._tools[tool].setChecked(True)
        self._mark_class()
        self.changed.emit()

    def choose_class(self, label: int) -> None:
        """Add points of a class from now on; nothing if it is not offered."""
        if label < self._offered:
            self.label = label
            self.choose(Tool.ADD)

    def show_classes(self, names: tuple[str, ...]) -> None:
        """Offer the classes of the data and a new one; none where there are no classes."""
        if len(names) == self._known:
            return
        self._offered = min(len(names) + 1, len(CLASS_NAMES)) if names else 0
        for label, one in enumerate(self._classes):
            one.setVisible(label < self._offered)
            name = class_names(label + 1)[label]
            words = (
                tr("Add {0} ({1})")
                if label < len(names)
                else tr("Add points of a new class, {0} ({1})")
            )
            one.setToolTip(words.format(name, label + 1))
            one.setAccessibleName(words.format(name, label + 1))
        self._known = len(names)
        self.label = max(min(self.label, self._offered - 1), 0)
        self._mark_class()
        self._draw_marks()

    def _mark_class(self) -> None:
        """Show which class is added, while that is what the mouse does."""
        for label, one in enumerate(self._classes):
            one.setChecked(label == self.label and self.tool is Tool.ADD)

    def _draw_marks(self) -> None:
        for label, one in enumerate(self._classes):
            one.setIcon(self._mark(label))

    def _mark(self, label: int) -> QIcon:
        """Return the mark of a class: in outline, if there are no points of it yet."""
        ratio, side = self.devicePixelRatioF(), 16
        pixmap = QPixmap(QSize(side, side) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.colour(class_token(label))
        painter.setPen(colour)
        painter.setBrush(colour if label < self._known else Qt.BrushStyle.NoBrush)
        draw_marker(painter, QPointF(side / 2, side / 2), label, 4.5)
        painter.end()
        return QIcon(pixmap)
