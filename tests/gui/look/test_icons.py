"""Icons are drawn anew at every scale, not blown up."""

import numpy as np
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage

from playground.gui.look import theme
from playground.gui.look.icons import icon


def alpha(pixmap):
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_Alpha8)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width()].astype(float)


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0, 3.0])
def test_an_icon_is_sharp_at_any_scale_of_the_screen(qapp, ratio):
    theme.apply(qapp, dark=False)
    size = QSize(16, 16)
    drawn = icon("restart").pixmap(size, ratio)
    assert drawn.devicePixelRatio() == ratio
    assert drawn.size() == size * ratio
    smooth = Qt.TransformationMode.SmoothTransformation
    blown_up = icon("restart").pixmap(size, 1.0).scaled(drawn.size(), mode=smooth)
    edges, softer = (np.abs(np.diff(alpha(each))).max() for each in (drawn, blown_up))
    assert edges > softer


def test_an_icon_stays_within_its_box(qapp):
    ink = alpha(icon("restart").pixmap(QSize(16, 16), 3.0))
    assert ink[0].max() == ink[-1].max() == ink[:, 0].max() == ink[:, -1].max() == 0


def test_an_icon_follows_the_palette(qapp):
    theme.apply(qapp, dark=False)
    play = icon("play")

    def colour():
        image = play.pixmap(QSize(32, 32), QIcon.Mode.Normal).toImage()
        return image.pixelColor(14, 16).name().upper()

    assert colour() == theme.tokens().text
    theme.apply(qapp, dark=True, palette="contrast")
    assert colour() == theme.tokens().text == "#FFFFFF"
    theme.apply(qapp, dark=False)
