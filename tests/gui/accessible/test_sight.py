"""What is drawn can be seen: where the focus is, and every text, measured on the pixels."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QRegion
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget

from playground.gui.look import theme
from playground.gui.look.appearance import apply_theme
from playground.gui.look.tokens import PALETTES
from tests.gui.accessible.walking import controls, is_there, opened, scenes, shown

SHARP = 3
"""Times as many pixels as on a plain screen: thin strokes reach their own colour."""
TEXTS = (QLabel, QPushButton, QComboBox, QLineEdit)


def luminance(pixels):
    """Return the relative luminance of colours from 0 to 255, by WCAG 2.2."""
    share = pixels / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


def contrast(a, b):
    """Return the contrast ratio of two colours, or of many with many."""
    first, second = luminance(a), luminance(b)
    return (np.maximum(first, second) + 0.05) / (np.minimum(first, second) + 0.05)


def drawn(window, place, sharp=1):
    """Return the pixels of a part of a window, ``(height, width, 3)``."""
    image = QImage(place.size() * sharp, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(sharp)
    window.render(image, QPoint(0, 0), QRegion(place))
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(float)


def place_of(widget):
    """Return where that lies in its window which can be seen of a widget."""
    corner = widget.mapTo(widget.window(), QPoint(0, 0))
    place = widget.visibleRegion().boundingRect().translated(corner)
    return place.intersected(widget.window().rect())


def kind(widget):
    """Return what decides how a control shows its focus."""
    return type(widget).__name__, widget.property("kind"), widget.objectName()


@pytest.mark.parametrize(
    ("preset", "look"), [("digits-cnn", "light"), ("digits-cnn", "dark"), ("spiral", "light")]
)
def test_every_kind_of_control_shows_that_it_has_the_focus(qtbot, preset, look):
    window = opened(qtbot, preset)
    apply_theme(look)
    seen = set()
    for _ in scenes(qtbot, window):
        for one in controls(window):
            if kind(one) not in seen and one.isEnabled() and is_laid_out(one):
                seen.add(kind(one))
                assert changed_by_focus(qtbot, window, one) >= min(one.height(), 16), kind(one)
    assert len(seen) > 20


def is_laid_out(widget):
    """Say whether a widget can be seen where it belongs."""
    return widget.visibleRegion() and widget.parentWidget().rect().contains(widget.geometry())


def changed_by_focus(qtbot, window, control):
    """Return how many pixels have 3:1 between what they are with the focus and without."""
    shown(qtbot, window)
    if QApplication.focusWidget():
        QApplication.focusWidget().clearFocus()
    place = place_of(control)
    before = drawn(window, place)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    after = drawn(window, place)
    return (contrast(before, after) >= 3).sum()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_has_the_contrast_that_wcag_asks_for(qtbot, dark):
    window = opened(qtbot, "digits-cnn")
    for palette in PALETTES:
        theme.apply(QApplication.instance(), dark, palette=palette)
        texts = [w for w in window.findChildren(QWidget) if isinstance(w, TEXTS) and w.isEnabled()]
        texts = [w for w in texts if is_there(w) and w.visibleRegion() and written(w)]
        assert len(texts) > 40
        poor = {(written(w), round(ratio, 1)) for w in texts if (ratio := of_text(w)) < 4.5}
        assert poor == set(), palette


def written(widget):
    """Return what stands on a widget."""
    return widget.currentText() if isinstance(widget, QComboBox) else widget.text()


def of_text(widget):
    """Return the greatest contrast with the commonest colour of a widget: its ground."""
    inner = drawn(widget.window(), place_of(widget), SHARP)[6:-6, 6:-6].reshape(-1, 3)
    if not len(inner):
        return 21.0  # scrolled out of sight but for an edge
    colours, counts = np.unique(inner, axis=0, return_counts=True)
    return contrast(colours, colours[counts.argmax()]).max()
