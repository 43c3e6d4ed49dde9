"""Other languages need more room than English: nothing is cut off without being told whole."""

import contextlib

import pytest

from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.tongue import apply_language
from tests.gui import pseudo
from tests.gui.test_text_size import PRESETS, cut_off_in_views, opened

pytestmark = pytest.mark.qt_log_ignore("does not support raise", extend=True)


@contextlib.contextmanager
def italian():
    apply_language("it")
    yield
    apply_language("en")


@pytest.fixture(params=[italian, pseudo.spoken], ids=["italian", "a third longer"])
def window(qtbot, request):
    apply_theme("light")
    with request.param():
        window = MainWindow(Settings())
        qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
        window.setWindowState(window.windowState().WindowNoState)
        window.resize(1366, 768)
        window.show()
        yield window


@pytest.mark.parametrize("name", PRESETS)
def test_no_words_are_cut_off(window, qtbot, name):
    opened(qtbot, window, name)
    assert not cut_off_in_views(qtbot, window)


@pytest.mark.parametrize("name", PRESETS)
def test_the_window_still_fits_a_small_screen(window, qtbot, name):
    opened(qtbot, window, name)
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 700
