"""Dragging things over a window, as Qt tells a window of it."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
COPY = Qt.DropAction.CopyAction


def files(*paths):
    """Return what a file manager hands over."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(window, data, at=(9, 9)):
    """Drag something into a window and on to a place; return whether it may be dropped there."""
    handle = window.windowHandle()
    QApplication.sendEvent(handle, QDragEnterEvent(QPoint(*at), COPY, data, LEFT, NONE))
    move = QDragMoveEvent(QPoint(*at), COPY, data, LEFT, NONE)
    QApplication.sendEvent(handle, move)
    return move.isAccepted()


def drop(window, data, at=(9, 9)):
    """Drag something into a window and let go."""
    drag(window, data, at)
    event = QDropEvent(QPointF(*at), COPY, data, LEFT, NONE)
    QApplication.sendEvent(window.windowHandle(), event)


def leave(window):
    """Go out of a window again."""
    QApplication.sendEvent(window.windowHandle(), QDragLeaveEvent())
