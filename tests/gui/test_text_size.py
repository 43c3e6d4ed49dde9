"""Text half as large again: nothing is cut off without a tooltip that tells it whole."""

import contextlib
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QTabBar,
    QToolTip,
)

from playground.gui.look import theme
from playground.gui.look.appearance import apply_theme
from playground.gui.look.tokens import TEXT_SIZES
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.training.presets import load_preset

# of tooltips, without a screen
pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)
PRESETS = ("spiral", "digits-cnn", "iris", "next-word-english")


@pytest.fixture
def window(qtbot):
    apply_theme("light", text_size=150)
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.setWindowState(window.windowState().WindowNoState)
    window.resize(1366, 768)
    window.show()
    yield window
    apply_theme("light")


def opened(qtbot, window, name):
    project = replace(load_preset(name), epochs=5)
    window.session.open(project)
    _ = window.workspace
    qtbot.waitUntil(lambda: window.session.project == project, timeout=20_000)
    qtbot.waitUntil(lambda: window.workspace.arrangement.is_settled)


def words_of(widget):
    return widget.currentText() if isinstance(widget, QComboBox) else widget.text()


def needed(widget):
    """Return the room that a widget's words need, in width and height."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return 0, widget.heightForWidth(widget.width())
    return widget.sizeHint().width(), widget.sizeHint().height()


def tells_by_tooltip(widget):
    """Ask for the tooltip as the mouse does."""
    QToolTip.hideText()
    at = widget.mapToGlobal(widget.rect().center())
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, QPoint(3, 3), at))
    return words_of(widget) in (QToolTip.text() or widget.toolTip())


def cut_off(window):
    """Return the words in sight that are cut off and told nowhere."""
    kinds = (QLabel, QAbstractButton, QComboBox)
    widgets = (w for kind in kinds for w in window.findChildren(kind))
    # a dock behind another one counts as visible, too
    shown = [w for w in widgets if w.isVisible() and not w.visibleRegion().isEmpty()]
    return {
        (type(widget.parent()).__name__, words_of(widget), needed(widget), widget.size().toTuple())
        for widget in shown
        if words_of(widget)
        and not isinstance(widget.parent(), QHeaderView)
        and is_too_small(widget)
        and not tells_by_tooltip(widget)
    }


def is_too_small(widget):
    if isinstance(widget, QComboBox):
        return widget.is_cut
    width, height = needed(widget)
    return width > widget.width() + 1 or height > widget.height() + 1


def cut_off_in_views(qtbot, window):
    """Return what is cut off in any of the views that go with the data."""
    workspace, kind = window.workspace, window.session.dataset.kind
    found = set()
    for view in workspace.views:
        if kind in view.kinds:
            title = type(view).__name__
            workspace.centre.show_view(title if title in workspace.centre.views else "NetworkView")
            if title in workspace.docks:
                workspace.docks[title].raise_()
            qtbot.waitUntil(view.isVisible)
            qtbot.waitUntil(lambda: workspace.frames.idle, timeout=20_000)
            with contextlib.suppress(qtbot.TimeoutError):  # layouts that the answers have changed
                qtbot.waitUntil(lambda: not cut_off(window), timeout=1000)
            found |= cut_off(window)
    return found


@pytest.mark.parametrize("name", PRESETS)
def test_no_words_are_cut_off_at_half_as_large_again(window, qtbot, name):
    opened(qtbot, window, name)
    assert not cut_off_in_views(qtbot, window)


@pytest.mark.parametrize("name", PRESETS)
def test_the_window_still_fits_a_small_screen(window, qtbot, name):
    opened(qtbot, window, name)
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 700


def test_tabs_that_do_not_fit_can_be_scrolled_to(window, qtbot):
    opened(qtbot, window, "digits-cnn")
    bars = [bar for bar in window.findChildren(QTabBar) if bar.isVisible()]
    assert bars
    assert all(bar.usesScrollButtons() for bar in bars)


def test_keys_make_text_larger_and_smaller(qtbot, window):
    window.settings.text_size = 100
    window.commands.run("text.larger")
    assert Settings().text_size == 110
    qtbot.waitUntil(lambda: theme.notifier().scale == 1.1)
    window.commands.run("text.smaller")
    window.commands.run("text.smaller")  # there is no smaller one
    assert Settings().text_size == TEXT_SIZES[0]
    qtbot.waitUntil(lambda: theme.notifier().scale == 1.0)


def test_lengths_and_fonts_grow_with_the_text(window):
    assert theme.px(16) == 24
    assert theme.font(theme.TITLE).pixelSize() == 22
