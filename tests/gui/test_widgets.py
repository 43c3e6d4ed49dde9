import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from playground.errors import ConfigError
from playground.gui import widgets
from playground.gui.look import theme
from playground.gui.look.icons import icon


@pytest.fixture(autouse=True)
def look(qapp):
    theme.apply(qapp, dark=False)


@pytest.fixture
def shown(qtbot):
    """Show a widget and give it the focus."""

    def show(widget):
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        widget.setFocus()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return widget

    return show


def up_to_100(value):
    if not 1 <= value <= 100:
        raise ConfigError(f"units must be between 1 and 100. Received: {value}.")
    return value


def pixels(widget):
    image = widget.grab().toImage()
    return [image.pixel(x, y) for x in range(image.width()) for y in range(image.height())]


def test_a_switch_is_switched_by_the_space_bar(shown, qtbot):
    switch = shown(widgets.Switch("Standardise"))

    with qtbot.waitSignal(switch.toggled) as toggled:
        qtbot.keyClick(switch, Qt.Key.Key_Space)

    assert toggled.args == [True]


def test_a_switch_shows_a_state_silently(qtbot):
    switch = widgets.Switch("Standardise")
    qtbot.addWidget(switch)

    with qtbot.assertNotEmitted(switch.toggled):
        switch.set_on(True)

    assert switch.isChecked()


def test_a_focused_switch_looks_focused(shown):
    switch = shown(widgets.Switch("Standardise"))
    focused = pixels(switch)
    switch.clearFocus()

    assert pixels(switch) != focused


def test_a_switch_is_wide_enough_for_its_words(qtbot):
    short = widgets.Switch("Shift", detail="2 px")
    long = widgets.Switch("Spostamento orizzontale", detail="2 px")

    assert long.sizeHint().width() > short.sizeHint().width()
    assert long.minimumSizeHint() == long.sizeHint()


def test_an_arrow_key_moves_a_log_slider_by_a_tenth_of_a_decade(shown, qtbot):
    slider = shown(widgets.LogSlider(1e-5, 10, "Learning rate"))
    slider.set_value(0.01)

    with qtbot.waitSignal(slider.value_changed) as changed:
        qtbot.keyClick(slider.focusProxy(), Qt.Key.Key_Right)

    assert changed.args == [pytest.approx(0.01 * 10**0.1, rel=0.05)]


def test_a_page_key_moves_a_log_slider_by_a_decade(shown, qtbot):
    slider = shown(widgets.LogSlider(1e-5, 10, "Learning rate"))
    slider.set_value(0.01)
    qtbot.keyClick(slider.focusProxy(), Qt.Key.Key_PageDown)

    assert slider.value() == 0.001


def test_a_log_slider_keeps_the_exact_value_it_is_shown(qtbot):
    slider = widgets.LogSlider(1e-5, 10, "Learning rate")
    qtbot.addWidget(slider)

    with qtbot.assertNotEmitted(slider.value_changed):
        slider.set_value(0.012345)

    assert slider.value() == 0.012345


def test_a_log_slider_stands_at_its_lower_end_for_zero(qtbot):
    slider = widgets.LogSlider(1e-5, 10, "Learning rate")
    qtbot.addWidget(slider)
    slider.set_value(0.0)

    assert slider.value() == 0.0


def test_a_click_on_the_groove_takes_the_slider_there(shown, qtbot):
    slider = shown(widgets.LogSlider(1e-5, 10, "Learning rate"))
    slider.resize(200, 32)
    groove = slider.focusProxy()
    qtbot.mouseClick(groove, Qt.MouseButton.LeftButton, pos=QPoint(groove.width() - 2, 12))

    assert slider.value() == 10


@pytest.mark.parametrize(
    ("typed", "whole", "value"),
    [
        ("64", True, 64),
        ("1,000", True, 1000),
        ("1 000", True, 1000),
        ("1.234.567", True, 1234567),
        ("-2", True, -2),
        ("1e-3", False, 0.001),
        ("0,5", False, 0.5),
        (".25", False, 0.25),
    ],
)
def test_a_number_is_read_as_people_write_it(shown, qtbot, typed, whole, value):
    box = shown(widgets.NumberBox("Units", lambda number: number, 7, whole=whole))
    box.selectAll()
    qtbot.keyClicks(box, typed)

    with qtbot.waitSignal(box.value_changed) as changed:
        qtbot.keyClick(box, Qt.Key.Key_Return)

    assert changed.args == [value]


def test_a_number_that_the_window_wrote_can_be_pasted(shown, qtbot):
    box = shown(widgets.NumberBox("Units", lambda number: number, 7))
    box.selectAll()
    box.insert("1\u202f000")  # as Italian sets thousands apart

    with qtbot.waitSignal(box.value_changed) as changed:
        qtbot.keyClick(box, Qt.Key.Key_Return)

    assert changed.args == [1000]


@pytest.mark.parametrize("typed", ["1,5", "1.5", "10,00", "1.0000"])
def test_a_part_of_one_is_no_whole_number(shown, typed):
    box = shown(widgets.NumberBox("Units", lambda number: number, 7))
    box.setText(typed)
    assert box.error() == f"This is not a number: {typed}"


def test_a_number_is_not_taken_before_it_is_typed_out(shown, qtbot):
    box = shown(widgets.NumberBox("Batch", up_to_100, 32))
    box.selectAll()

    with qtbot.assertNotEmitted(box.value_changed):
        qtbot.keyClicks(box, "64")


def test_leaving_the_field_takes_the_number(shown, qtbot):
    box = shown(widgets.NumberBox("Batch", up_to_100, 32))
    box.selectAll()
    qtbot.keyClicks(box, "64")
    box.clearFocus()

    assert box.value() == 64


@pytest.mark.parametrize("typed", ["999", "many", "", "1.5"])
def test_a_number_that_does_not_fit_is_marked_and_not_emitted(shown, qtbot, typed):
    box = shown(widgets.NumberBox("Units", up_to_100, 32))
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    with qtbot.assertNotEmitted(box.value_changed):
        qtbot.keyClicks(box, typed)
        qtbot.keyClick(box, Qt.Key.Key_Return)

    assert box.property("invalid") is True
    assert box.toolTip() == box.error() != ""
    assert box.value() == 32


def test_escape_brings_the_last_number_back(shown, qtbot):
    box = shown(widgets.NumberBox("Units", up_to_100, 32))
    qtbot.keyClicks(box, "999")
    qtbot.keyClick(box, Qt.Key.Key_Escape)

    assert (box.text(), box.property("invalid")) == ("32", False)


def test_arrow_and_page_keys_step_a_number_within_its_bounds(shown, qtbot):
    box = shown(widgets.NumberBox("Units", up_to_100, 95))
    values = []
    box.value_changed.connect(values.append)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Down):
        qtbot.keyClick(box, key)

    assert values == [96, 86, 85]


def test_a_small_number_steps_by_one_unit_of_its_second_figure(shown, qtbot):
    box = shown(widgets.NumberBox("Noise", lambda number: number, 0.25, whole=False))
    qtbot.keyClick(box, Qt.Key.Key_Up)

    assert box.text() == "0.26"


def test_what_is_being_typed_is_not_overwritten_by_the_same_value(shown, qtbot):
    box = shown(widgets.NumberBox("Units", up_to_100, 32))
    box.selectAll()
    qtbot.keyClicks(box, "6")
    box.set_value(32)
    assert box.text() == "6"

    box.set_value(48)
    assert box.text() == "48"


def test_the_wheel_passes_over_a_field_that_is_not_in_use(qtbot):
    box = widgets.NumberBox("Units", up_to_100, 32)
    qtbot.addWidget(box)
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)

    assert (box.value(), wheel.isAccepted()) == (32, False)


def test_thousands_are_set_apart(qtbot):
    box = widgets.NumberBox("Examples", lambda number: number, 10_000)
    qtbot.addWidget(box)

    assert box.text() == "10,000"


def test_chips_tell_all_that_are_chosen_in_order(shown, qtbot):
    chips = shown(widgets.Chips({"a": "A", "b": "B", "c": "C"}, ["c"], "Inputs"))

    with qtbot.waitSignal(chips.changed) as changed:
        chips.findChildren(type(widgets.button()))[0].click()

    assert changed.args == [("a", "c")]


def test_chips_show_a_choice_silently(qtbot):
    chips = widgets.Chips({"a": "A", "b": "B"}, [], "Inputs")
    qtbot.addWidget(chips)

    with qtbot.assertNotEmitted(chips.changed):
        chips.set_chosen(["b"])

    assert chips.chosen() == ("b",)


def test_narrow_chips_wrap(shown):
    chips = shown(widgets.Chips({str(i): f"input {i}" for i in range(6)}, [], "Inputs"))
    chips.resize(600, 40)
    wide = chips.sizeHint().height()
    chips.resize(160, 40)

    assert chips.sizeHint().height() > wide


def test_the_arrow_keys_choose_a_thumbnail(shown, qtbot):
    pictures = shown(widgets.Thumbnails("Digits", columns=3))
    pictures.show_images(np.zeros((6, 8, 8), np.float32))
    pictures.set_current(0)
    chosen = []
    pictures.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left):
        qtbot.keyClick(pictures, key)

    assert chosen == [1, 4, 3]


def test_a_click_chooses_the_thumbnail_below_it(shown, qtbot):
    pictures = shown(widgets.Thumbnails("Digits", columns=3, gap=4))
    pictures.show_images(np.zeros((6, 8, 8), np.float32))
    pictures.resize(104, 68)

    with qtbot.waitSignal(pictures.chosen) as chosen:
        qtbot.mouseClick(pictures, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))

    assert chosen.args == [4]


def test_thumbnails_are_drawn_in_the_colours_of_the_theme(qapp, shown):
    pictures = shown(widgets.Thumbnails("Digits", columns=1))
    pictures.show_images(np.ones((1, 8, 8), np.float32))
    pictures.resize(64, 64)
    light = pictures.grab().toImage().pixelColor(10, 10).lightness()
    theme.apply(qapp, dark=True)
    dark = pictures.grab().toImage().pixelColor(10, 10).lightness()
    theme.apply(qapp, dark=False)

    assert light < 100 < dark


def test_bars_say_their_numbers_to_a_screen_reader(qtbot):
    bars = widgets.ClassBars("Class balance")
    split = widgets.SplitBar("Split")
    qtbot.addWidget(bars)
    qtbot.addWidget(split)
    bars.show_values(["cat", "dog"], [1200, 3])
    split.show_parts([("train", 8000), ("validation", 0), ("test", 2000)])

    assert bars.accessibleDescription() == "cat: 1,200, dog: 3"
    assert split.accessibleDescription() == "train 8,000, test 2,000"


def test_a_higher_bar_is_drawn_for_a_larger_class(shown):
    bars = shown(widgets.ClassBars("Class balance", height=64))
    bars.resize(100, 64)
    bars.show_values(["a", "b"], [1, 10], ["pos", "pos"])
    image = bars.grab().toImage()
    blue = theme.colour("pos")
    left, right = (sum(image.pixelColor(x, y) == blue for y in range(64)) for x in (25, 75))

    assert 0 < left < right / 5


def test_bars_lie_where_a_few_names_are_long(shown):
    bars = shown(widgets.ClassBars("Class balance", height=64))
    names = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship"]
    bars.show_values(names, [1, 10, *[5] * 7], ["pos"] * 9)
    height = bars.sizeHint().height()
    bars.resize(216, height)
    image, blue = bars.grab().toImage(), theme.colour("pos")
    line = height / 9
    first, second = (
        sum(image.pixelColor(x, round((k + 0.5) * line)) == blue for x in range(216))
        for k in (0, 1)
    )

    assert height >= 9 * 14
    assert 0 < first < second / 5


def test_bars_stand_where_names_fit_below_them(shown):
    bars = shown(widgets.ClassBars("Class balance", height=64))
    bars.show_values([str(k) for k in range(10)], [5] * 10)

    assert bars.sizeHint().height() == 64


def test_an_empty_state_offers_its_mend(shown):
    empty, done = shown(widgets.EmptyState("grid", "")), []
    empty.show_text("Filters appear with a Conv2D layer.", "Add one", lambda: done.append("added"))

    empty.findChild(type(widgets.button())).click()
    assert done == ["added"]


def test_an_empty_state_without_a_mend_has_no_button(shown):
    empty = shown(widgets.EmptyState("grid", "Nothing to show yet."))

    assert not empty.findChild(type(widgets.button())).isVisible()


def test_a_button_changes_its_kind(shown):
    train = shown(widgets.button("Train", "play", "primary"))
    train.clearFocus()
    filled = pixels(train)
    widgets.set_kind(train, "")

    assert pixels(train) != filled


def test_an_icon_follows_the_theme(qapp):
    play = icon("play", "text")
    light = play.pixmap(32, 32).toImage()
    theme.apply(qapp, dark=True)
    dark = play.pixmap(32, 32).toImage()
    theme.apply(qapp, dark=False)

    assert light != dark


def test_an_icon_is_drawn_sharp_on_a_scaled_screen(qapp):
    play = icon("play")
    pixmap = play.pixmap(play.actualSize(widgets.button().iconSize()), 2.0)

    assert pixmap.width() == 2 * widgets.button().iconSize().width()


NAMED = {
    "button": lambda: widgets.button("", "plus", "flat", "Add"),
    "switch": lambda: widgets.Switch("Add"),
    "slider": lambda: widgets.LogSlider(1, 10, "Add"),
    "even slider": lambda: widgets.EvenSlider(1, 10, "Add"),
    "number": lambda: widgets.NumberBox("Add", up_to_100, 1),
    "chips": lambda: widgets.Chips({"a": "A"}, [], "Add"),
    "choice": lambda: widgets.Choice({"a": "A"}, "Add"),
    "thumbnails": lambda: widgets.Thumbnails("Add"),
    "bars": lambda: widgets.ClassBars("Add"),
    "split": lambda: widgets.SplitBar("Add"),
}


@pytest.mark.parametrize("make", NAMED.values(), ids=NAMED.keys())
def test_every_widget_has_an_accessible_name(qtbot, make):
    widget = make()
    qtbot.addWidget(widget)

    assert widget.accessibleName() == "Add"
