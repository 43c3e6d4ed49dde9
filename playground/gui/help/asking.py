"""Asking what something is: F1, Shift+F1 and a click, or a right click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QCursor, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from playground.gui.help.card import HelpCard
from playground.gui.help.subjects import Subject, subject_of
from playground.language import tr

_MOUSE = {
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
}
_NEAR = 24  # pixels around the pointer that a card leaves free, where a thing has no edge


class Guide(QObject):
    """Explains what is in a window, and in the panels that belong to it.

    Whoever has moved the mouse since the focus changed means what is under it; otherwise the
    thing that has the focus is meant.
    """

    pointing_changed = Signal(bool)
    """Whether the next click explains instead of acting."""

    # of the class: Qt has events filtered until the very end, when Python has forgotten the rest
    _is_pointing = False

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._pointer_then = QPoint(-1, -1)
        window.installEventFilter(self)
        _application().focusChanged.connect(self._remember)

    def listen(self, panel: QWidget) -> None:
        """Take the keys of a panel that is a window of its own, too."""
        panel.installEventFilter(self)

    @Slot()
    def explain_this(self) -> None:
        """Explain what is under the mouse, or what has the focus."""
        focus, pointer = QApplication.focusWidget(), QCursor.pos()
        under = QApplication.widgetAt(pointer)
        by_mouse = pointer != self._pointer_then and under is not None
        if by_mouse and under is not None and self.explain_at(under, pointer):
            return
        if focus is not None and (subject := subject_of(focus)):
            self.show(subject, _on_screen(focus))
        else:
            self.show(Subject("help"), QRect(pointer, pointer))

    @Slot()
    def point(self) -> None:
        """Let the next click explain what it hits; Esc leaves."""
        if not self._is_pointing:
            self._is_pointing = True
            QApplication.setOverrideCursor(Qt.CursorShape.WhatsThisCursor)
            _application().installEventFilter(self)
            self.pointing_changed.emit(True)

    @Slot()
    def stop_pointing(self) -> None:
        """Let clicks act again."""
        if self._is_pointing:
            self._is_pointing = False
            _application().removeEventFilter(self)
            QApplication.restoreOverrideCursor()
            self.pointing_changed.emit(False)

    def explain_at(self, widget: QWidget, pointer: QPoint) -> HelpCard | None:
        """Explain what a widget shows at a place of the screen; None if nothing is known of it."""
        subject = subject_of(widget, widget.mapFromGlobal(pointer))
        if subject is None:
            return None
        place = _on_screen(widget)
        if place.width() > _LARGE or place.height() > _LARGE:
            place = QRect(pointer.x() - _NEAR // 2, pointer.y() - _NEAR // 2, _NEAR, _NEAR)
        return self.show(subject, place)

    def show(self, subject: Subject, beside: QRect) -> HelpCard:
        """Show the card of a subject next to a rectangle of the screen."""
        card = HelpCard(self._window, subject)
        card.open_beside(beside)
        return card

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._is_pointing and self._caught(watched, event):
            return True
        if not isinstance(watched, QWidget) or not watched.isWindow():
            return False
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QContextMenuEvent):
            return self._offer(event)
        return False

    # Inside

    def _key(self, event: QKeyEvent) -> bool:
        """Take F1 and Shift+F1 in windows that have no menu with them."""
        if event.key() != Qt.Key.Key_F1:
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.point()
        else:
            self.explain_this()
        return True

    def _caught(self, watched: QObject, event: QEvent) -> bool:
        """Return whether an event was one of those that pointing takes for itself."""
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.stop_pointing()
                return True
            return False
        if kind is QEvent.Type.ApplicationDeactivate:
            self.stop_pointing()
        if kind not in _MOUSE or not isinstance(event, QMouseEvent):
            return False
        if kind is QEvent.Type.MouseButtonRelease:
            pointer = event.globalPosition().toPoint()
            target = watched if isinstance(watched, QWidget) else QApplication.widgetAt(pointer)
            self.stop_pointing()
            if target is not None:
                self.explain_at(target, pointer)
        return True

    def _offer(self, event: QContextMenuEvent) -> bool:
        """Offer to explain what was clicked with the right button, where no other menu opens."""
        pointer = event.globalPos()
        widget = QApplication.widgetAt(pointer) or self._window
        if subject_of(widget, widget.mapFromGlobal(pointer)) is None:
            return False
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_question(menu, widget, pointer, self)
        menu.popup(pointer)
        return True

    @Slot()
    def _remember(self) -> None:
        self._pointer_then = QCursor.pos()


_LARGE = 320


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def guide_of(widget: QWidget) -> Guide:
    """Return the guide of a widget's window; made if there is none yet."""
    window = widget.window()
    while window.windowType() is Qt.WindowType.Popup and (owner := window.parentWidget()):
        window = owner.window()
    found = window.findChild(Guide, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found or Guide(window)


def add_question(
    menu: QMenu, widget: QWidget, pointer: QPoint | None = None, guide: Guide | None = None
) -> None:
    """Add *What is this?* to the menu of a widget, about the place where the menu is opened."""

    def ask() -> None:
        at = menu.pos() if pointer is None else pointer
        part = widget.childAt(widget.mapFromGlobal(at)) or widget
        (guide or guide_of(widget)).explain_at(part, at)

    menu.addAction(tr("What is this?"), ask)


def _on_screen(widget: QWidget) -> QRect:
    return QRect(widget.mapToGlobal(QPoint()), widget.size())
