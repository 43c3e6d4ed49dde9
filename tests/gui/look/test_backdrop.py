import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from playground.gui.look import theme
from playground.gui.look.appearance import apply_theme
from playground.gui.look.backdrop import Backdrop

RECT = QRectF(0, 0, 40, 20)


class Counted:
    """Something to paint that counts how often it is."""

    def __init__(self):
        self.paintings = 0

    def __call__(self, painter):
        self.paintings += 1
        painter.fillRect(QRectF(10, 5, 10, 10), theme.colour("accent"))


@pytest.fixture
def backdrop(qapp):
    return Backdrop()


@pytest.fixture
def counted():
    return Counted()


def draw(backdrop, paint, key="key", ratio=1):
    image = QImage(QSize(40, 20) * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    backdrop.draw(painter, RECT, key, paint)
    painter.end()
    return image


def test_an_equal_key_is_painted_once(backdrop, counted):
    for _ in range(3):
        draw(backdrop, counted, key=("a", 1))
    assert counted.paintings == 1


def test_another_key_is_painted_anew(backdrop, counted):
    draw(backdrop, counted, key="a")
    draw(backdrop, counted, key="b")
    assert counted.paintings == 2


def test_another_theme_is_painted_anew(backdrop, counted):
    draw(backdrop, counted)
    apply_theme("dark")
    dark = draw(backdrop, counted)
    apply_theme("light")
    assert dark.pixelColor(0, 0) == theme.scheme(dark=True).surface
    assert counted.paintings == 2


def test_it_is_as_fine_as_the_screen(backdrop, counted):
    draw(backdrop, counted)
    image = draw(backdrop, counted, ratio=2)
    assert counted.paintings == 2
    assert image.pixelColor(39, 29) == theme.colour("accent")
    assert image.pixelColor(40, 29) == theme.colour("surface")


def test_vectors_stay_vectors(backdrop, counted, tmp_path):
    generator = QSvgGenerator()
    generator.setFileName(str(tmp_path / "picture.svg"))
    painter = QPainter(generator)
    backdrop.draw(painter, RECT, "key", counted)
    painter.end()
    assert "<image" not in (tmp_path / "picture.svg").read_text()
