"""Where the Tab key goes: through one panel after the other, in each as one reads it.

Qt goes in the order in which widgets were made, and through docks that lie behind others. Here
the order follows from where things stand, so it holds also after docks were moved.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QScrollArea, QTabBar, QWidget

_SLACK = 4
"""Pixels by which neighbours may overlap and still stand one after the other."""


def step_focus(root: QWidget, forward: bool) -> bool:
    """Give the focus to the next control of a window, or the one before; say whether there is."""
    ordered, at = controls(root), QApplication.focusWidget()
    if not ordered:
        return False
    step = 1 if forward else -1
    number = ordered.index(at) + step if at in ordered else min(step, 0)
    give_focus(ordered[number % len(ordered)], forward)
    return True


def step_panel(root: QWidget, forward: bool) -> bool:
    """Give the focus to the first control of the next panel, or of the one before."""
    groups, focused = panels(root), QApplication.focusWidget()
    if not groups:
        return False
    step = 1 if forward else -1
    at = next((i for i, group in enumerate(groups) if focused in group), min(-step, 0))
    group = groups[(at + step) % len(groups)]
    give_focus(next((one for one in group if not isinstance(one, QTabBar)), group[0]), forward)
    return True


def panels(root: QWidget) -> list[list[QWidget]]:
    """Return the controls of each panel; the tabs above a panel belong to it."""
    found: list[list[QWidget]] = []
    for child in _in_reading_order(root):
        if isinstance(child, QMainWindow) or child.findChild(QMainWindow):
            found += panels(child)
        elif group := list(_with_inner(child)):
            if found and isinstance(found[-1][-1], QTabBar):
                found[-1] += group
            else:
                found.append(group)
    return found


def controls(root: QWidget) -> list[QWidget]:
    """Return all that the Tab key reaches within a widget, in the order in which it does."""
    return [one for child in _in_reading_order(root) for one in _with_inner(child)]


def _with_inner(widget: QWidget) -> Iterator[QWidget]:
    """Go through a control, or those in it; what lies on a control comes after it."""
    takes_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    if takes_tab and widget.isEnabled() and widget.focusProxy() is None:
        yield widget
    yield from controls(widget)


def _in_reading_order(parent: QWidget) -> list[QWidget]:
    children = parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return _sorted([child for child in children if _is_there(child)])


def _is_there(widget: QWidget) -> bool:
    if not widget.isVisible() or widget.isWindow() or widget.size().isEmpty():
        return False
    # Qt moves a dock behind other tabs out of sight, and calls it visible still
    is_docked = isinstance(widget.parentWidget(), QMainWindow)
    return not is_docked or not widget.visibleRegion().isEmpty()


def _sorted(widgets: list[QWidget]) -> list[QWidget]:
    """Cut into rows where nothing stands across, these into columns, and so on."""
    for lengthwise in (True, False):
        groups = _cut(widgets, lengthwise)
        if len(groups) > 1:
            return [one for group in groups for one in _sorted(group)]
    return sorted(widgets, key=lambda one: (one.y(), one.x()))


def _cut(widgets: list[QWidget], lengthwise: bool) -> list[list[QWidget]]:
    """Return the groups that an empty line parts: a level one, or else an upright one."""
    groups: list[list[QWidget]] = []
    end = 0
    for one in sorted(widgets, key=lambda one: _span(one.geometry(), lengthwise)):
        first, last = _span(one.geometry(), lengthwise)
        if groups and first < end - _SLACK:
            groups[-1].append(one)
        else:
            groups.append([one])
        end = max(end, last) if len(groups[-1]) > 1 else last
    return groups


def _span(place: QRect, lengthwise: bool) -> tuple[int, int]:
    if lengthwise:
        return place.top(), place.bottom() + 1
    return place.left(), place.right() + 1


def give_focus(widget: QWidget, forward: bool = True) -> None:
    """Give the focus to a control as the Tab key does, and bring it into sight."""
    reasons = Qt.FocusReason
    widget.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
    outer = widget.parentWidget()
    while outer is not None:
        if isinstance(outer, QScrollArea):
            outer.ensureWidgetVisible(widget)
        outer = outer.parentWidget()
