"""The pictures of the start page: a real training, and nothing moves that need not."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QProxyStyle, QStyle

from playground.gui.look import theme
from playground.gui.start.cards import FILM_SECONDS, Card
from playground.gui.start.films import RATIO, REACH, film, frame_at, numbers_at, shares_at
from playground.gui.start.starts import starts
from playground.gui.start.welcome_pictures import digits
from playground.probes.predictions import class_probabilities
from playground.training.presets import load_preset
from playground.training.trainer import Trainer

MOVING = [start for start in starts() if start.moves]


class StillStyle(QProxyStyle):
    """A desktop whose animations are switched off."""

    def styleHint(self, hint, *others):  # noqa: N802 (Qt's name)
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, *others)


def painted(start, moment, qapp):
    theme.apply(qapp, dark=False)
    image = QImage(300, 160, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    start.picture(painter, QRectF(0, 0, 300, 160), moment)
    painter.end()
    return image


@pytest.fixture
def card(qtbot, qapp):
    theme.apply(qapp, dark=False)
    card = Card(MOVING[0], 4)
    qtbot.addWidget(card)
    card.resize(300, 240)
    card.show()
    return card


@pytest.mark.parametrize("start", MOVING, ids=lambda start: start.preset)
def test_a_film_shows_other_pictures_as_it_goes(qapp, start):
    pictures = [painted(start, moment, qapp) for moment in (0.0, 0.3, 1.0)]
    assert all(one != other for one, other in itertools.combinations(pictures, 2))


def test_the_last_picture_of_one_neuron_is_that_of_its_own_training():
    project = load_preset("circle-logistic")
    trainer = Trainer(project, project.source.load())
    trainer.play()
    while trainer.epoch < 6:
        trainer.train_step()
    shot = trainer.snapshot()
    x, y = np.meshgrid(
        np.linspace(-RATIO * REACH, RATIO * REACH, 180), np.linspace(REACH, -REACH, 60)
    )
    points = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)
    outputs, _ = shot.model.forward(shot.weights, points)
    expected = class_probabilities(outputs)[:, 1].reshape(60, 180)
    np.testing.assert_allclose(shares_at(film("circle-logistic")["map"], 1), expected, atol=0.02)


@pytest.mark.parametrize("name", ["digits-cnn", "digits-mlp"])
def test_what_the_digits_are_taken_for_is_what_they_are(name):
    right = {"digits-cnn": 5, "digits-mlp": 3}[name]
    shares = shares_at(film(name)["shares"], 1)
    assert shares.argmax() == right
    assert shares_at(film(name)["shares"], 0).max() < 0.5


def test_between_two_frames_numbers_go_over_into_each_other():
    frames = np.array([[0, 100], [10, 200], [20, 100]], np.uint8)
    np.testing.assert_allclose(numbers_at(frames, 0.25), [5, 150])
    np.testing.assert_allclose(numbers_at(frames, 2.0), [20, 100])
    np.testing.assert_array_equal(frame_at(frames, 0.3), [10, 200])


def test_a_card_plays_while_it_is_pointed_at_and_then_rests(qtbot, card):
    card.play()
    assert card.is_playing
    qtbot.waitUntil(lambda: not card.is_playing, timeout=round(4000 * FILM_SECONDS))


def test_a_card_that_is_hidden_plays_no_more(card):
    card.play()
    card.hide()
    assert not card.is_playing


def test_nothing_moves_where_the_desktop_wants_none(qapp, card):
    style = StillStyle("fusion")  # kept: Qt's own reference would not keep what Python adds
    card.hide()  # what was shown began to play
    qapp.setStyle(style)
    card.play()
    still = not card.is_playing
    qapp.setStyle("fusion")
    assert still


def test_the_digits_are_one_of_each_class():
    assert digits().shape == (10, 28, 28)
    assert np.all(digits().max(axis=(1, 2)) > 0.9)
