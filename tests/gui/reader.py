"""Reads a window as people do: what stands on it, what is painted, what appears under the mouse."""

from collections import defaultdict

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_SAID = (
    "windowTitle",
    "toolTip",
    "statusTip",
    "whatsThis",
    "accessibleName",
    "accessibleDescription",
)
_WRITTEN = ("text", "placeholderText", "title", "prefix", "suffix")
_TYPED = (QLineEdit, QPlainTextEdit)
_MOST = 12
"""Rows and columns of a table that are read, and places of a picture that the mouse visits."""


class Reader:
    """Collects every text that it comes across, each with where it was."""

    def __init__(self, monkeypatch):
        self.texts = defaultdict(set)
        self._older = QApplication.topLevelWidgets()
        self._listen(monkeypatch)

    def read_all(self, within=None):
        """Read every widget made since the start, or that is in another; shown or not."""
        inner = [within, *within.findChildren(QWidget)] if within else QApplication.allWidgets()
        for widget in inner:
            if isValid(widget) and widget.window() not in self._older:
                self._read(widget)

    def visit(self, widget):
        """Lead the mouse over a widget and those in it, and ask each for its menu."""
        for one in (widget, *widget.findChildren(QWidget)):
            if isValid(one) and one.isVisible() and type(one).__module__.startswith("playground"):
                self._hover(one)
                self._ask_for_menu(one)
        widget.grab()

    def _listen(self, monkeypatch):
        draw_text, draw_static = QPainter.drawText, QPainter.drawStaticText

        def drawn(painter, *arguments):
            for text in arguments:
                if isinstance(text, str):
                    self.note(text, "painted")
            return draw_text(painter, *arguments)

        def drawn_static(painter, place, text):
            self.note(text.text(), "painted")
            draw_static(painter, place, text)

        monkeypatch.setattr(QPainter, "drawText", drawn)
        monkeypatch.setattr(QPainter, "drawStaticText", drawn_static)
        monkeypatch.setattr(QToolTip, "showText", lambda _, text, *__: self.note(text, "tip"))

    def note(self, text, where):
        """Remember a text, if it is one."""
        if isinstance(text, str) and text:
            self.texts[text].add(where)

    def _read(self, widget):
        where = " < ".join(_line_of(widget))
        for get in _SAID:
            self.note(getattr(widget, get)(), f"{get} of {where}")
        for name in _WRITTEN:
            written = widget.property(name)
            typed = name == "text" and isinstance(widget, _TYPED)
            if isinstance(written, str) and not typed:
                self.note(written, f"{name} of {where}")
        for action in widget.actions():
            self._read_action(action, where)
        if isinstance(widget, QTabBar):
            for i in range(widget.count()):
                self.note(widget.tabText(i), f"tab of {where}")
        if isinstance(widget, (QAbstractItemView, QComboBox)) and widget.model():
            self._read_model(widget.model(), where)

    def _read_action(self, action, where):
        if not action.isSeparator():
            self.note(action.text(), f"action of {where}")
            self.note(action.toolTip(), f"tip of an action of {where}")

    def _read_model(self, model, where):
        top = QModelIndex()
        rows = min(model.rowCount(top), _MOST)
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(top)
        for role in ROLES:
            for column in range(min(columns, _MOST)):
                heading = model.headerData(column, Qt.Orientation.Horizontal, role)
                self.note(heading, f"heading of {where}")
                for row in range(rows):
                    self.note(model.index(row, column, top).data(role), f"cell of {where}")

    def _hover(self, widget):
        for down in range(1, _MOST, 2):
            for across in range(1, _MOST, 2):
                x, y = widget.width() * across // _MOST, widget.height() * down // _MOST
                at = widget.mapToGlobal(QPoint(x, y))
                QApplication.sendEvent(widget, _moved(QPointF(x, y), QPointF(at)))
                QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, QPoint(x, y), at))
        QApplication.processEvents()

    def _ask_for_menu(self, widget):
        """Ask for the menu of a widget; it is read and put away as soon as it is open."""
        timer = QTimer(interval=1)
        timer.timeout.connect(self._read_popup)
        timer.start()
        middle = widget.rect().center()
        reason = QContextMenuEvent.Reason.Mouse
        event = QContextMenuEvent(reason, middle, widget.mapToGlobal(middle))
        QApplication.sendEvent(widget, event)
        while QApplication.activePopupWidget():
            self._read_popup()
        timer.stop()

    def _read_popup(self):
        popup = QApplication.activePopupWidget()
        if popup is not None:
            for action in popup.actions() if isinstance(popup, QMenu) else ():
                self._read_action(action, "a menu")
            popup.close()


def _line_of(widget):
    """Yield the kinds of a widget and of those around it."""
    for _ in range(4):
        if widget is None:
            return
        yield type(widget).__name__
        widget = widget.parent()


def _moved(place, on_screen):
    none = Qt.MouseButton.NoButton
    modifiers = Qt.KeyboardModifier.NoModifier
    return QMouseEvent(QEvent.Type.MouseMove, place, on_screen, none, none, modifiers)
