"""The start page: its cards lead where they say."""

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QPushButton

from playground import language
from playground.gui.look import theme
from playground.gui.start.cards import Card
from playground.gui.start.recent import Recent, RecentPictures
from playground.gui.start.recent_card import RecentCard
from playground.gui.start.starts import CSV, DRAW
from playground.gui.start.welcome import WelcomePage
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.embedding import Embedding
from playground.training.presets import load_preset, preset_names
from playground.training.samples import samples

NOW = datetime.now().astimezone()


@pytest.fixture
def page(qtbot, qapp):
    theme.apply(qapp, dark=False)
    page = WelcomePage()
    qtbot.addWidget(page)
    page.resize(1366, 664)
    with qtbot.waitExposed(page):
        page.show()
    return page


def recent(page):
    return [card for card in page.findChildren(RecentCard) if card.isVisible()]


def remembered(*names):
    return [Recent(Path(name), QImage(), "") for name in names]


def carded(page):
    names = [card.start.preset for card in page.findChildren(Card)]
    return [name for name in names if name not in (CSV, DRAW)]


def test_a_click_on_a_card_chooses_its_preset(qtbot, page):
    for name in carded(page):
        with qtbot.waitSignal(page.preset_chosen) as chosen:
            qtbot.mouseClick(page.card(name), Qt.MouseButton.LeftButton)
        assert chosen.args == [name]


def test_enter_starts_with_the_first_card(qtbot, page):
    qtbot.waitUntil(lambda: page.focusWidget() is page.card("digits-cnn"))
    with qtbot.waitSignal(page.preset_chosen) as chosen:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args == ["digits-cnn"]


def test_arrow_keys_lead_to_the_card_beside_and_below(qtbot, page):
    qtbot.keyClick(page.card("digits-cnn"), Qt.Key.Key_Right)
    assert page.focusWidget() is page.card("spiral")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Down)
    assert page.focusWidget() is page.card("next-word-english")


def test_arrow_keys_lead_on_to_recent_projects(qtbot, page):
    page.show_recent(remembered("a.nnproj", "b.nnproj"))
    qtbot.waitUntil(lambda: len(recent(page)) == 2)
    qtbot.keyClick(page.card("next-word-english"), Qt.Key.Key_Down)
    assert page.focusWidget() is recent(page)[1]
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Up)
    assert page.focusWidget() is page.card("next-word-english")


@pytest.mark.parametrize(
    ("name", "signal"), [(CSV, "open_csv_requested"), (DRAW, "draw_requested")]
)
def test_two_cards_ask_for_data_of_ones_own(qtbot, page, name, signal):
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.mouseClick(page.card(name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Samples...", "samples_requested"),
        ("Open images...", "open_images_requested"),
        ("Open project...", "open_project_requested"),
    ],
)
def test_files_can_be_opened(qtbot, page, text, signal):
    opener = next(b for b in page.findChildren(QPushButton) if b.text() == text)
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.mouseClick(opener, Qt.MouseButton.LeftButton)


def test_recent_projects_can_be_opened(qtbot, page):
    page.show_recent(remembered("a/first.nnproj", "b/second.nnproj"))
    qtbot.waitUntil(lambda: [card.text() for card in recent(page)] == ["first", "second"])
    with qtbot.waitSignal(page.recent_chosen) as chosen:
        qtbot.mouseClick(recent(page)[1], Qt.MouseButton.LeftButton)
    assert chosen.args == [Path("b/second.nnproj")]


def test_newer_recent_projects_replace_the_old(qtbot, page):
    page.show_recent(remembered("old.nnproj"))
    page.show_recent(remembered("new.nnproj"))
    qtbot.waitUntil(lambda: [card.text() for card in recent(page)] == ["new"])
    page.show_recent([])
    assert recent(page) == []


def test_a_recent_project_tells_how_far_it_was_trained_and_looks_as_it_did(
    tmp_path, spiral_snapshot
):
    picture = QImage(400, 400, QImage.Format.Format_RGB32)
    picture.fill(QColor("#1F6FC4"))
    pictures = RecentPictures(tmp_path)
    pictures.keep(Path("spiral.nnproj"), spiral_snapshot, picture)
    found = pictures.recall(Path("spiral.nnproj"))
    accuracy = spiral_snapshot.curves.validation_metric[-1]
    assert (found.progress, found.metric) == ("Epoch 5 of 600", f"{accuracy:.1%}")
    assert found.picture.pixelColor(10, 10) == QColor("#1F6FC4")


def test_only_pictures_of_recent_projects_are_kept(tmp_path, spiral_snapshot):
    pictures, image = RecentPictures(tmp_path), QImage(8, 8, QImage.Format.Format_RGB32)
    for name in ("old.nnproj", "new.nnproj"):
        pictures.keep(Path(name), spiral_snapshot, image)
    pictures.forget_others([Path("new.nnproj")])
    assert pictures.recall(Path("old.nnproj")).picture.isNull()
    assert not pictures.recall(Path("new.nnproj")).picture.isNull()


def test_a_picture_that_is_damaged_is_left_out(tmp_path, spiral_snapshot):
    pictures = RecentPictures(tmp_path)
    pictures.keep(Path("a.nnproj"), spiral_snapshot, QImage(8, 8, QImage.Format.Format_RGB32))
    next(tmp_path.iterdir()).write_bytes(b"no picture")
    found = pictures.recall(Path("a.nnproj"))
    assert (found.picture.isNull(), found.progress) == (True, "")


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Today, {0:%H:%M}"), (1, "Yesterday, {0:%H:%M}"), (40, "{0.year}")]
)
def test_a_recent_project_tells_when_it_was_saved(tmp_path, days, words):
    path, written = tmp_path / "a.nnproj", NOW - timedelta(days=days)
    path.write_bytes(b"")
    os.utime(path, (written.timestamp(),) * 2)
    assert words.format(written) in Recent(path, QImage(), "").when(NOW)


def test_loading_can_be_cancelled(qtbot, page):
    page.show_loading("MNIST digits", 0.5)
    cancel = next(b for b in page.findChildren(QPushButton) if b.text() == "Cancel")
    with qtbot.waitSignal(page.cancel_requested):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    page.end_loading()
    assert not cancel.isVisible()


def test_every_preset_can_be_chosen(qtbot, page):
    chosen = []
    page.preset_chosen.connect(chosen.append)
    for card in page.findChildren(Card):
        card.click()
    more = next(b for b in page.findChildren(QPushButton) if b.menu())
    for action in more.menu().actions():
        action.trigger()
    among_samples = {sample.preset for sample in samples()}
    assert among_samples | set(chosen) == set(preset_names())


def test_the_cards_tell_the_truth_about_the_networks(page):
    for name in carded(page):
        foot, layers = page.card(name).start.foot, load_preset(name).model.layers
        convolutions = sum(isinstance(layer, Conv2D) for layer in layers)
        units = [str(layer.units) for layer in layers if isinstance(layer, Dense)]
        shown = f"{convolutions} convolutions" if convolutions else "–" + "–".join(units)
        if isinstance(layers[0], Embedding):
            shown = f"embedding, {units[0]} neurons"
        assert shown in foot


def test_the_cards_tell_the_truth_about_the_data(page):
    for name in carded(page):
        dataset = load_preset(name).source.load()
        start = page.card(name).start
        count = {"iris": 150, "digits-cnn": 10_000, "digits-mlp": 10_000}.get(name)
        parts = (dataset.train, dataset.validation, dataset.test)
        if dataset.language is None:
            assert len(dataset.train) == count or sum(map(len, parts)) == (count or 400)
            assert start.foot.startswith(f"{count or 400:,} ")


def test_the_text_is_in_the_language_in_force(qtbot, monkeypatch):
    monkeypatch.setattr(language._Spoken, "code", "it")
    page = WelcomePage()
    qtbot.addWidget(page)
    assert page.card("next-word-italian").start.title


@pytest.mark.parametrize("dark", [False, True])
def test_pictures_follow_the_theme(qapp, page, dark):
    theme.apply(qapp, dark=not dark)
    other = page.grab().toImage()
    theme.apply(qapp, dark=dark)
    assert page.grab().toImage() != other


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_page_fits_a_small_screen_whatever_the_size_of_its_text(qtbot, qapp, scale):
    theme.apply(qapp, dark=False, scale=scale)
    page = WelcomePage()
    qtbot.addWidget(page)
    page.show_recent(remembered("a.nnproj", "b.nnproj"))
    least = page.minimumSizeHint()
    theme.apply(qapp, dark=False)
    assert least.width() <= 1366
    assert least.height() <= 700 - 48  # of the menu bar


def card_of_words(qtbot, text, height):
    page = WelcomePage()
    qtbot.addWidget(page)
    start = page.card("iris").start
    card = Card(replace(start, text=text), 4)
    qtbot.addWidget(card)
    card.resize(300, height)
    return card._fitting_words()


def test_a_card_without_room_leaves_out_the_foot_and_then_the_sentence(qtbot, qapp):
    theme.apply(qapp, dark=False)
    long = "A sentence that is so long that it has to be broken into more lines than one. " * 2
    assert card_of_words(qtbot, long, 280).foot
    assert card_of_words(qtbot, long, 190).text
    assert not card_of_words(qtbot, long, 190).foot
    assert not card_of_words(qtbot, long, 120).text
