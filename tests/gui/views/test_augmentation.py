"""The augmentation view: a list to edit, and a preview of what training sees."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from playground.data.augmentations import Augmentation, draw_change
from playground.data.augmentations.moving import RandomFlip, RandomRotation, RandomTranslation
from playground.data.augmentations.random_erasing import RandomErasing
from playground.data.augmentations.random_noise import RandomNoise
from playground.data.augmentations.usual import DIGITS, NUMBERS, PHOTOS, usual_sets
from playground.data.dataset import Dataset, Examples
from playground.data.sources.text import TextSample
from playground.errors import ShapeError
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.pictures.augmentation_list import ICONS
from playground.gui.views.augmentation import AugmentationView
from playground.gui.widgets import Slider, Switch
from playground.training.run import Draw
from playground.training.templates import project_for
from playground.training.trainer import Trainer


@pytest.fixture
def view(qtbot, qapp):
    theme.apply(qapp, dark=False)
    view = AugmentationView()
    qtbot.addWidget(view)
    view.resize(1100, 208)
    view.show()
    return view


@pytest.fixture
def digits(view, digits_snapshot):
    """Show digits with the usual set; edits come back as the session would bring them."""
    project = replace(digits_snapshot.project, augmentation=DIGITS)
    view.show_snapshot(digits_snapshot)
    view.show_project(project)
    view.edited.connect(lambda changes: view.show_project(replace(project, **changes)))
    return view


def button(view, name):
    return next(b for b in view.findChildren(QPushButton) if b.accessibleName().startswith(name))


def rows(view):
    return view._list.rows


def names(view):
    return [row.accessibleName().split(",")[0] for row in rows(view)]


def edited(qtbot, view, act):
    with qtbot.waitSignal(view.edited) as signal:
        act()
    return signal.args[0]["augmentation"]


def test_without_any_it_says_how_to_begin(qtbot, view, digits_snapshot):
    view.show_snapshot(digits_snapshot)
    view.show_project(digits_snapshot.project)
    begin = button(view, "Usual for digits")
    chosen = edited(qtbot, view, lambda: qtbot.mouseClick(begin, Qt.MouseButton.LeftButton))
    assert chosen == DIGITS


def test_each_has_a_row_with_its_numbers(digits):
    assert names(digits) == ["Shift", "Rotation", "Scale"]
    assert "Factor 0.03" in rows(digits)[1].accessibleName()


def test_the_preview_is_what_training_would_make_of_these_examples(digits, digits_snapshot):
    """By the very function of the run, at the step of the draw shown."""
    run = Trainer(replace(digits_snapshot.project, augmentation=DIGITS), digits_snapshot.dataset)
    expected = digits._preview.before.copy()
    run._run._change(len(expected))(expected, 0)
    np.testing.assert_array_equal(digits._preview.after, expected)
    assert not np.array_equal(digits._preview.before, expected)


def test_eight_examples_of_the_training_part_are_shown(digits, digits_snapshot):
    train, shown = digits_snapshot.dataset.train, digits._preview.before
    assert shown.shape == (8, 28, 28, 1)
    classes = [train.y[np.flatnonzero((train.x == x).all(axis=(1, 2, 3)))[0]] for x in shown]
    assert classes == list(range(8))


def test_drawing_again_shows_the_next_step(qtbot, digits, digits_snapshot):
    qtbot.mouseClick(button(digits, "Draw again"), Qt.MouseButton.LeftButton)
    expected = digits._preview.before.copy()
    key = (digits_snapshot.project.seed, Draw.AUGMENTATION, 1)
    draw_change(DIGITS, key, 8, (28, 28, 1))(expected, 0)
    np.testing.assert_array_equal(digits._preview.after, expected)


def test_it_keeps_drawing_while_it_is_wanted_and_seen(qtbot, digits):
    first = digits._preview.after
    switch = digits.findChild(Switch)
    switch.setChecked(True)
    qtbot.waitUntil(lambda: not np.array_equal(digits._preview.after, first), timeout=5000)
    digits.hide()
    assert not digits._timer.isActive()
    digits.show()
    assert digits._timer.isActive()
    switch.setChecked(False)
    assert not digits._timer.isActive()


def test_a_slider_changes_the_preview_at_once(qtbot, digits):
    slider = digits._list.form.findChildren(Slider)[0]
    before = digits._preview.after
    chosen = edited(qtbot, digits, lambda: slider.setValue(60))
    assert chosen[0] == replace(DIGITS[0], height_factor=0.6)
    assert not np.array_equal(digits._preview.after, before)


def test_a_row_shows_its_form(qtbot, digits):
    qtbot.mouseClick(rows(digits)[1], Qt.MouseButton.LeftButton)
    assert digits._list.form.component() == DIGITS[1]
    qtbot.keyClick(rows(digits)[1], Qt.Key.Key_Down)
    assert digits._list.form.component() == DIGITS[2]


def test_keys_move_and_remove(qtbot, digits):
    rows(digits)[0].setFocus()
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(rows(digits)[0], Qt.Key.Key_Down, alt)
    assert names(digits) == ["Rotation", "Shift", "Scale"]
    qtbot.keyClick(rows(digits)[1], Qt.Key.Key_Up, alt)
    assert names(digits) == ["Shift", "Rotation", "Scale"]
    qtbot.keyClick(rows(digits)[0], Qt.Key.Key_Delete)
    assert names(digits) == ["Rotation", "Scale"]
    assert digits._list.form.component() == DIGITS[1]


def test_buttons_move_and_remove_the_chosen_one(qtbot, digits):
    later, earlier = button(digits, "Do it later"), button(digits, "Do it earlier")
    assert not earlier.isEnabled()
    qtbot.mouseClick(later, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(later, Qt.MouseButton.LeftButton)
    assert names(digits) == ["Rotation", "Scale", "Shift"]
    assert not later.isEnabled()
    qtbot.mouseClick(button(digits, "Remove"), Qt.MouseButton.LeftButton)
    assert names(digits) == ["Rotation", "Scale"]


def test_the_menu_adds_any(qtbot, digits):
    menu = digits._list.menu()
    titles = [cls.title for cls in Augmentation.registry.values()]
    assert [action.text() for action in menu.actions()][: len(titles)] == titles
    action = next(action for action in menu.actions() if action.text() == "Erasing")
    assert edited(qtbot, digits, action.trigger)[-1] == RandomErasing()
    assert digits._list.form.component() == RandomErasing()


def test_a_table_is_offered_noise_and_told_why_not_the_rest(view, iris_snapshot):
    view.show_snapshot(iris_snapshot)
    enabled = {action.text(): action for action in view._list.menu().actions()}
    assert enabled["Noise"].isEnabled()
    assert not enabled["Rotation"].isEnabled()
    assert "use RandomNoise" in enabled["Rotation"].toolTip()


def test_a_table_s_rows_are_previewed_too(view, iris_snapshot):
    view.show_snapshot(iris_snapshot)
    view.show_project(replace(iris_snapshot.project, augmentation=(RandomNoise(),)))
    noise = view._preview.after - view._preview.before
    assert noise.std() == pytest.approx(0.1, rel=0.5)
    assert not view.grab().isNull()


def test_a_text_has_nothing_to_be_augmented(view):
    source = TextSample()
    dataset = source.load()
    view.show_snapshot(Trainer(project_for(source, dataset), dataset).snapshot())
    assert "Words have nothing" in view._list._empty.accessibleName()
    assert not button(view, "Add").isEnabled()
    assert not view._preview.isVisible()
    with pytest.raises(ShapeError, match="the inputs of this data are words; take it out"):
        RandomNoise().check(dataset)


def test_what_does_not_fit_yet_is_not_drawn(view, iris_snapshot):
    """A project may come before its data."""
    view.show_project(replace(iris_snapshot.project, augmentation=(RandomFlip(), RandomNoise())))
    view.show_snapshot(iris_snapshot)
    assert view._preview.after.shape == view._preview.before.shape


def test_every_augmentation_has_a_picture():
    assert ICONS.keys() == Augmentation.registry.keys()
    assert not any(icon(name).isNull() for name in ICONS.values())


def colour_images():
    x = np.zeros((4, 8, 8, 3), np.float32)
    part = Examples(x, np.arange(4) % 2)
    return Dataset("photos", part, part, part, ("a", "b"))


def test_the_usual_sets_fit_and_the_likeliest_comes_first(digits_snapshot, iris_snapshot):
    for dataset, first in [
        (digits_snapshot.dataset, DIGITS),
        (colour_images(), PHOTOS),
        (iris_snapshot.dataset, NUMBERS),
    ]:
        sets = usual_sets(dataset)
        assert next(iter(sets.values())) == first
        for augmentation in (one for chosen in sets.values() for one in chosen):
            augmentation.check(dataset)


def test_digits_are_never_mirrored():
    assert not any(isinstance(one, RandomFlip) for one in DIGITS)
    assert {type(one) for one in DIGITS} >= {RandomTranslation, RandomRotation}
