"""What of a window has no tooltip, or no topic."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

from playground.gui.help.subjects import subject_of
from playground.gui.help.topics import has_topic
from playground.gui.start.cards import Card
from playground.gui.start.recent_card import RecentCard
from playground.gui.widgets import EmptyState
from tests.gui.accessible.walking import controls, is_there

SAY_IT_ALL = (QScrollBar, QTabBar, Card, RecentCard)
"""What is written on them, or what they do, is all that a tooltip could say."""


def things(root):
    """Return everything that can be used or looked at: controls, and what we paint ourselves."""
    painted = [
        w
        for w in root.findChildren(QWidget)
        if type(w).__module__.startswith("playground") and "paintEvent" in type(w).__dict__
        if is_there(w) and not isinstance(w, QLabel)
    ]
    return {w for w in (*controls(root), *painted) if not isinstance(w, SAY_IT_ALL)}


def tells_at_the_pointer(widget):
    """Return whether a widget says by itself what is under the pointer."""
    return any(
        "QToolTip" in vars(sys.modules[cls.__module__])
        for cls in type(widget).__mro__
        if cls.__module__.startswith("playground")
    )


def follows_the_pointer(widget):
    """Return whether a chart draws the numbers under the pointer: a tooltip would hide them."""
    return any(
        "mouseMoveEvent" in vars(cls) and "paintEvent" in vars(cls)
        for cls in type(widget).__mro__
        if cls.__module__.startswith("playground")
    )


def needs_no_tip(widget):
    """Return whether a tooltip could not say more than what one sees, or nobody would see it."""
    return (
        follows_the_pointer(widget)
        or isinstance(widget.parentWidget(), EmptyState)  # its sentence stands above the button
        or widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        or widget.property("kind") == "tab"
        or ends_a_dialog(widget)
        or type(widget) is QScrollArea
    )


def ends_a_dialog(widget):
    """Return whether a button is that which all dialogs have: go on, or leave it."""
    is_button = isinstance(widget, QPushButton) and isinstance(widget.window(), QDialog)
    return is_button and (widget.isDefault() or widget.text() == "Cancel")


def has_tip(widget):
    """Return whether there is a tooltip: of the widget, or of one that it is a part of."""
    around = [widget, widget.focusProxy(), widget.parentWidget()]
    around.append(widget.parentWidget().parentWidget())
    return any(one.toolTip() for one in around if one) or tells_at_the_pointer(widget)


def name(widget):
    """Return what a widget is, for a failing test to tell."""
    said = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    kinds = []
    while widget is not None and len(kinds) < 4:
        kinds.append(type(widget).__name__)
        widget = widget.parentWidget()
    return f"{said[:32]} ({' in '.join(kinds)})"


def without_tip(root):
    """Return the names of things that have no tooltip."""
    return {name(w) for w in things(root) if not (has_tip(w) or needs_no_tip(w))}


def without_topic(root):
    """Return the names of things of which F1 knows nothing."""
    subjects = {w: subject_of(w) for w in things(root)}
    return {
        name(w) for w, subject in subjects.items() if not (subject and has_topic(subject.topic))
    }
