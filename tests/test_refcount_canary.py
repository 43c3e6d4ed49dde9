"""A wrong PySide6 takes references to True and None away until Python aborts.

6.12.0 does so on Python 3.11: one with each call, so that some 550 calls end the process. Since
Python 3.12 both are immortal and cannot be lost; there the mortal object still tells.
"""

import sys

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QPainter

CALLS = 200
SLACK = CALLS // 4  # other code may let go of a few meanwhile; the fault takes one with each call


class Sender(QObject):
    sent = Signal(object)


@pytest.fixture
def image():
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


@pytest.fixture
def painter(image):
    canvas = image.copy()
    painter = QPainter(canvas)
    yield painter
    painter.end()


def losses(call, *watched):
    """Return how many references to each watched object CALLS calls take away."""
    before = [sys.getrefcount(thing) for thing in watched]
    for _ in range(CALLS):
        call()
    after = [sys.getrefcount(thing) for thing in watched]
    return [was - now for was, now in zip(before, after, strict=True)]


def test_emitting_a_signal_takes_no_references_away(qapp):
    sender, received, mortal = Sender(), [], object()
    sender.sent.connect(received.append)

    def emit():
        sender.sent.emit(mortal)
        sender.sent.emit(True)
        sender.sent.emit(None)
        received.clear()

    assert max(losses(emit, True, None, mortal)) < SLACK


def test_emitted_objects_arrive_and_are_held_once_each(qapp):
    sender, received, mortal = Sender(), [], object()
    sender.sent.connect(received.append)

    (lost,) = losses(lambda: sender.sent.emit(mortal), mortal)

    assert received == [mortal] * CALLS
    assert -lost == pytest.approx(CALLS, abs=SLACK)


def test_saving_and_restoring_a_painter_takes_no_references_away(qapp, painter):
    def save_and_restore():
        painter.save()
        painter.restore()

    assert max(losses(save_and_restore, True, None)) < SLACK


def test_drawing_an_image_takes_no_references_away(qapp, painter, image):
    assert max(losses(lambda: painter.drawImage(0, 0, image), True, None)) < SLACK
