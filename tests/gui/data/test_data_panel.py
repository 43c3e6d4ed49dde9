"""The panel at the left: what it shows of each kind of data, and the sources it asks for."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from playground.data.dataset import Dataset, Examples
from playground.data.sources import DataSource
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.curves import NoisyLine, Sine, Step
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.drawn_curve import DrawnCurve
from playground.data.sources.made import MadeSource
from playground.data.sources.mnist import MnistDigits
from playground.data.sources.points import Circle, PointSource, Rings, Spiral
from playground.data.sources.surfaces import MultiGauss, Plane
from playground.data.sources.text import PastedText
from playground.gui.data.class_weighing import ClassWeighing
from playground.gui.data.column_list import FEW, ColumnList
from playground.gui.data.data_panel import DataPanel
from playground.gui.data.feature_chips import FeatureChips
from playground.gui.data.preparation import Preparation
from playground.gui.data.source_rows import SourceRows
from playground.gui.data.text_part import WordBars
from playground.gui.data.toy_pictures import toy_points
from playground.gui.data.toy_sets import ToySets, toy_sets
from playground.gui.forms.form import ComponentForm
from playground.gui.look import theme
from playground.gui.widgets import ClassBars, NumberBox, Slider, SplitBar, Thumbnails
from playground.training.presets import load_preset


@pytest.fixture(scope="module")
def spiral_data():
    return Spiral().load()


@pytest.fixture(scope="module")
def iris():
    source = load_preset("iris").source
    return source.load(), source


@pytest.fixture
def panel(qtbot, qapp):
    theme.apply(qapp, dark=False)
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.resize(248, 600)
    panel.show()
    return panel


def is_shown(panel, kind):
    return any(child.isVisible() for child in panel.findChildren(kind))


def texts(panel):
    return [words.text() for words in panel.findChildren(QLabel) if words.isVisible()]


def named_button(panel, name):
    return next(b for b in panel.findChildren(QPushButton) if b.accessibleName() == name)


def row_of(panel, name):
    rows = [rows for rows in panel.findChildren(SourceRows) if name in rows.names()]
    return rows[0].row(name)


def handle_of(row):
    return row.findChild(Slider)


def type_into(qtbot, box, text):
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def edit_made(qtbot, panel, act):
    with qtbot.waitSignal(panel.edited) as edited:
        act()
    (changes,) = edited.args
    return changes["source"]


def test_images_come_with_pictures_balance_and_split(panel, digits_snapshot):
    source = MnistDigits(examples=500, validation_split=0.2)
    panel.show_dataset(digits_snapshot.dataset, source)
    assert is_shown(panel, Thumbnails)
    assert is_shown(panel, ClassBars)
    assert "train 500" in panel.findChild(SplitBar).accessibleDescription()
    assert "28 × 28" in " ".join(texts(panel))


def test_points_come_with_pictures_of_every_toy_set(panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral())
    assert is_shown(panel, ToySets)
    assert not is_shown(panel, ColumnList)
    assert panel.findChild(ToySets).button(Spiral).isChecked()


def test_all_made_data_has_a_picture():
    made = {c for c in DataSource.registry.values() if issubclass(c, MadeSource)}
    assert set(toy_sets()) == made | {DrawnPoints, DrawnCurve} >= {Circle, MultiGauss, Step}


def test_an_empty_plane_to_draw_on_is_among_the_pictures(qtbot, panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral(features=("x", "xy")))
    draw = panel.findChild(ToySets).button(DrawnPoints)
    source = edit_made(qtbot, panel, draw.click)
    assert source == DrawnPoints(features=("x", "xy"), test_split=0.2)
    panel.show_dataset(source.load(), source)
    with qtbot.assertNotEmitted(panel.edited, wait=60):
        draw.click()  # erases nothing


POINT_SETS = [cls for cls in toy_sets() if issubclass(cls, PointSource)]


@pytest.mark.parametrize("cls", POINT_SETS)
def test_the_picture_of_a_toy_set_gives_its_points_their_class(cls):
    shares, points, labels = toy_points(cls.__name__)
    size = len(shares)
    at = np.clip(((points / 1.1 + 1) / 2 * size).astype(int), 0, size - 1)
    agrees = shares[size - 1 - at[:, 1], at[:, 0]].argmax(axis=-1) == labels
    assert agrees.mean() > 0.9


def test_every_picture_is_drawn_in_the_colours_of_the_theme(qapp, panel):
    panel.show_dataset(Sine().load(), Sine())
    toys = panel.findChild(ToySets)
    light = {cls: toys.button(cls).grab().toImage() for cls in toy_sets()}
    theme.apply(qapp, dark=True)
    assert all(toys.button(cls).grab().toImage() != picture for cls, picture in light.items())


def test_another_group_of_pictures_is_a_click_away(qtbot, panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral())
    toys = panel.findChild(ToySets)
    with qtbot.assertNotEmitted(panel.edited, wait=60):
        toys.groups.segment("curves").click()
    assert not toys.button(Circle).isVisible()
    source = edit_made(qtbot, panel, toys.button(NoisyLine).click)
    assert isinstance(source, NoisyLine)


def test_the_pictures_follow_the_kind_of_the_data(panel):
    panel.show_dataset(Plane().load(), Plane())
    assert panel.findChild(ToySets).button(MultiGauss).isVisible()
    panel.show_dataset(DrawnPoints().load(), DrawnPoints())
    assert not panel.findChild(ToySets).button(Plane).isChecked()
    assert panel.findChild(ToySets).button(DrawnPoints).isVisible()
    panel.show_dataset(DrawnCurve().load(), DrawnCurve())
    assert panel.findChild(ToySets).button(DrawnCurve).isChecked()


def test_features_are_switched(qtbot, panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral())
    chip = panel.findChild(FeatureChips).chip("x^2")
    source = edit_made(qtbot, panel, chip.click)
    assert source == Spiral(features=("x", "y", "x^2"))
    assert edit_made(qtbot, panel, chip.click) == Spiral()


def test_the_last_feature_stays_on(qtbot, panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral(features=("xy",)))
    chip = panel.findChild(FeatureChips).chip("xy")
    with qtbot.assertNotEmitted(panel.edited, wait=60):
        chip.click()
    assert chip.isChecked()
    assert "one at least" in texts(panel)


def test_features_are_of_points_alone(panel):
    panel.show_dataset(Sine().load(), Sine())
    assert not is_shown(panel, FeatureChips)


def test_the_number_of_classes_is_a_slider(qtbot, panel):
    panel.show_dataset(Rings().load(), Rings())
    box = row_of(panel, "classes").findChild(NumberBox)
    assert edit_made(qtbot, panel, lambda: type_into(qtbot, box, "5")) == Rings(classes=5)


def test_drawn_points_show_their_classes_and_nothing_to_make(qtbot, panel):
    source = DrawnPoints().added(0, 0, 0).added(0.5, 0, 1).added(0, 0.5, 1)
    panel.show_dataset(source.load(), source)
    assert is_shown(panel, ClassBars)
    assert not named_button(panel, "Make new points").isVisible()
    qtbot.mouseClick(named_button(panel, "More settings"), Qt.MouseButton.LeftButton)
    assert panel.findChild(ComponentForm).editor("points").isHidden()


def test_a_table_lists_its_columns_with_their_means(panel, iris):
    dataset, source = iris
    panel.show_dataset(dataset, source)
    listed = next(c for c in panel.findChildren(ColumnList) if c.isVisible())
    assert listed.shown() == 4
    raw = dataset.scaling.invert(dataset.train.x)
    assert f"sepal_length_cm {raw[:, 0].mean():.3g}" in listed.accessibleDescription()
    assert "Target: species" in texts(panel)


def test_a_wide_table_shows_a_few_columns_until_asked(qtbot, panel):
    x = np.random.default_rng(0).normal(size=(20, 30)).astype(np.float32)
    part = Examples(x, np.arange(20) % 2)
    names = tuple(f"c{i}" for i in range(30))
    panel.show_dataset(Dataset("wide", part, part, part, ("a", "b"), names), CsvFile())
    listed = next(c for c in panel.findChildren(ColumnList) if c.isVisible())
    assert listed.shown() == FEW
    more = next(b for b in panel.findChildren(QPushButton) if b.text() == "Show all 30")
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert listed.shown() == 30


def test_a_number_to_predict_is_shown_in_its_own_unit(panel):
    x = np.linspace(0, 1, 12, dtype=np.float32).reshape(4, 3)
    part = Examples(x, np.array([[10.0], [20], [30], [40]], np.float32))
    dataset = Dataset("houses", part, part, part, (), ("a", "b", "c"), ("price",))
    panel.show_dataset(dataset, CsvFile())
    assert "Target: price" in texts(panel)
    described = [c.accessibleDescription() for c in panel.findChildren(ColumnList)]
    assert "price 25" in described


def test_notes_are_shown_and_take_no_room_otherwise(panel, iris):
    dataset, source = iris
    panel.show_dataset(replace(dataset, told=(lambda: "Left out: 2 rows.",)), source)
    assert "Left out: 2 rows." in texts(panel)
    panel.show_dataset(dataset, source)
    assert "Left out: 2 rows." not in texts(panel)


def test_showing_a_data_set_is_no_edit(qtbot, panel, spiral_data, iris):
    with qtbot.assertNotEmitted(panel.edited, wait=100):
        panel.show_dataset(spiral_data, Spiral())
        panel.show_dataset(*iris)


def test_a_click_on_a_toy_set_keeps_the_other_settings(qtbot, panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral(samples=123, noise=0.3))
    circle = panel.findChild(ToySets).button(Circle)
    source = edit_made(qtbot, panel, circle.click)
    assert source == Circle(samples=123, noise=0.3)


def test_new_points_come_from_another_seed(qtbot, panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral(seed=5))
    source = edit_made(qtbot, panel, named_button(panel, "Make new points").click)
    assert source == Spiral(seed=6)


def test_a_typed_setting_is_an_edit(qtbot, panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral())
    box = row_of(panel, "noise").findChild(NumberBox)
    source = edit_made(qtbot, panel, lambda: type_into(qtbot, box, "0.4"))
    assert source == Spiral(noise=0.4)


def test_a_slider_that_moves_on_asks_once(qtbot, panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral(noise=0.0))
    edits = []
    panel.edited.connect(edits.append)
    for _ in range(5):
        qtbot.keyClick(handle_of(row_of(panel, "noise")), Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: bool(edits))
    assert edits == [{"source": Spiral(noise=0.05)}]


def test_data_that_arrives_does_not_move_the_slider_back(qtbot, panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral(noise=0.0))
    row = row_of(panel, "noise")
    qtbot.keyClick(handle_of(row), Qt.Key.Key_PageUp)
    panel.show_dataset(Spiral(noise=0.0, seed=1).load(), Spiral(noise=0.0))
    assert row.findChild(NumberBox).value() == pytest.approx(0.1)


def test_the_rows_stay_while_the_kind_of_points_changes(panel, spiral_data):
    panel.show_dataset(spiral_data, Spiral())
    row = row_of(panel, "noise")
    panel.show_dataset(Circle().load(), Circle())
    assert row_of(panel, "noise") is row


def test_the_split_of_a_table_can_be_moved(qtbot, panel, iris):
    dataset, source = iris
    panel.show_dataset(dataset, source)
    box = row_of(panel, "test_split").findChild(NumberBox)
    edited = edit_made(qtbot, panel, lambda: type_into(qtbot, box, "0.3"))
    assert edited == replace(source, test_split=0.3)


def test_the_parts_of_a_table_fit_the_narrowest_panel(panel, iris):
    dataset, source = iris
    rows = np.argsort(dataset.train.y, kind="stable")[:40]  # 30 of one class and 10 of another
    skewed = replace(dataset, train=dataset.train.take(rows))
    panel.show_dataset(skewed, source)
    assert is_shown(panel, ClassWeighing)
    (area,) = panel.findChildren(QScrollArea)
    bar = area.verticalScrollBar().sizeHint().width()
    assert area.widget().minimumSizeHint().width() + bar <= panel.minimumSizeHint().width()


def test_scaling_is_a_switch(qtbot, panel, iris):
    dataset, source = iris
    panel.show_dataset(dataset, source)
    switch = panel.findChild(Preparation).switch("scaling")
    assert switch.choice() == "standard"
    edited = edit_made(qtbot, panel, lambda: click(qtbot, switch.segment("none")))
    assert edited == replace(source, scaling="none")


def test_scaling_is_chosen_with_the_arrow_keys(qtbot, panel, iris):
    dataset, source = iris
    panel.show_dataset(dataset, source)
    switch = panel.findChild(Preparation).switch("scaling")
    switch.segment("standard").setFocus()
    qtbot.keyClick(switch.segment("standard"), Qt.Key.Key_Left)
    assert switch.choice() == "unit"
    assert switch.segment("unit").hasFocus()
    qtbot.keyClick(switch.segment("unit"), Qt.Key.Key_Right)
    qtbot.keyClick(switch.segment("standard"), Qt.Key.Key_Right)
    assert switch.choice() == "none"


def test_the_scaling_of_the_target_is_for_numbers(panel, iris):
    dataset, source = iris
    panel.show_dataset(dataset, source)
    target = panel.findChild(Preparation).switch("target_scaling")
    assert not target.isVisible()
    part = Examples(np.zeros((4, 3), np.float32), np.ones((4, 1), np.float32))
    houses = Dataset("houses", part, part, part, (), ("a", "b", "c"), ("price",))
    panel.show_dataset(houses, source)
    assert target.isVisible()


def test_every_other_field_is_under_more_settings(qtbot, panel, iris):
    dataset, source = iris
    panel.show_dataset(dataset, source)
    qtbot.mouseClick(named_button(panel, "More settings"), Qt.MouseButton.LeftButton)
    form = panel.findChild(ComponentForm)
    editors = {name: form.editor(name) for name in ("targets", "task", "delimiter", "seed")}
    assert all(not editor.isHidden() for editor in editors.values())
    assert form.editor("scaling").isHidden()
    seed = editors["seed"].findChild(NumberBox)
    assert edit_made(qtbot, panel, lambda: type_into(qtbot, seed, "3")) == replace(source, seed=3)


def test_a_curve_shows_its_own_settings(qtbot, panel):
    panel.show_dataset(Sine().load(), Sine())
    qtbot.waitUntil(row_of(panel, "cycles").isVisible)
    assert panel.findChild(ToySets).button(Sine).isChecked()


def test_other_data_can_be_asked_for(qtbot, panel):
    with qtbot.waitSignal(panel.choose_data_requested):
        qtbot.mouseClick(named_button(panel, "Choose other data"), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("cls", list(DataSource.registry.values()))
def test_every_source_can_be_shown(qtbot, panel, cls, iris):
    dataset, _ = iris
    panel.show_dataset(dataset, cls())
    panel.grab()


def test_a_text_shows_its_words_and_what_comes_next(panel, words_snapshot):
    panel.show_dataset(words_snapshot.dataset, words_snapshot.project.source)
    assert is_shown(panel, WordBars)
    assert not is_shown(panel, ClassBars)
    assert not is_shown(panel, ColumnList)
    bars = panel.findChild(WordBars).accessibleDescription()
    counts = words_snapshot.dataset.language.counts
    assert bars.startswith(f"the {counts[words_snapshot.dataset.classes.index('the')]}")
    assert any("Perplexity to beat: 11." in words for words in texts(panel))
    assert "by sentence" in texts(panel)


def test_a_pasted_text_can_be_edited(qtbot, panel):
    source = PastedText(text="The cat sleeps. A dog eats. " * 20)
    panel.show_dataset(source.load(), source)
    with qtbot.waitSignal(panel.edit_text_requested):
        qtbot.mouseClick(named_button(panel, "Edit the text..."), Qt.MouseButton.LeftButton)
