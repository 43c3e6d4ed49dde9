"""The dialog in which a CSV file becomes data, with real files, threads and widgets."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolTip,
    QWidget,
)

from playground.data.sources.csv_file import CsvFile
from playground.data.tables.plan import ColumnPlan
from playground.gui.csv_import.dialog import CsvDialog
from playground.gui.csv_import.preview import CsvPreview
from playground.gui.csv_import.targets import TargetButton
from playground.gui.csv_import.trouble import Trouble
from playground.gui.look import theme
from playground.gui.widgets import Choice, ClassBars, Segments, Slider

NO_POPUPS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TABLE = "name,age,income,region,buys\n" + "".join(
    f"p{i},{20 + i},{1000.5 + 7 * i},{'north' if i % 3 else 'south'},{'yes' if i % 2 else 'no'}\n"
    for i in range(30)
)


@pytest.fixture
def opened(qtbot, qapp, tmp_path):
    """Open the dialog on a file with this text, and wait until it has been read."""
    theme.apply(qapp, dark=False)
    kept = []  # a dialog without a parent lives as long as Python knows it

    def open_text(text, **choices):
        path = tmp_path / "people.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        dialog = CsvDialog(CsvFile(path=path, **choices) if choices else path)
        qtbot.addWidget(dialog, before_close_func=lambda dialog: dialog.reject())
        kept.append(dialog)
        dialog.show()
        wait(qtbot, dialog)
        return dialog

    return open_text


def wait(qtbot, dialog):
    """Wait until all of the file has been read."""
    progress = dialog.findChild(QProgressBar)
    qtbot.waitUntil(lambda: not progress.isVisible(), timeout=20_000)


def choice(dialog, name):
    return next(c for c in dialog.findChildren(Choice) if c.accessibleName() == name)


def segments(dialog, name):
    return next(s for s in dialog.findChildren(Segments) if s.accessibleName() == name)


def keys(box):
    return [box.itemData(i) for i in range(box.count())]


def choose(box, key):
    assert key in keys(box)
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def push(dialog, text):
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == text)


def ok(dialog):
    return next(b for b in dialog.findChildren(QPushButton) if b.isDefault())


def texts(dialog):
    return " | ".join(words.text() for words in dialog.findChildren(QLabel) if words.isVisible())


def preview(dialog):
    return dialog.findChild(CsvPreview)


def header(dialog, column):
    return preview(dialog).model().headerData(column, Qt.Orientation.Horizontal)


def select(dialog, *columns):
    table = preview(dialog)
    table.selectColumn(columns[0])
    mode = (
        table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Columns
    )
    for column in columns[1:]:
        table.selectionModel().select(table.model().index(0, column), mode)


def plan(dialog, name):
    return next(plan for plan in dialog.source().columns if plan.name == name)


# What is seen


def test_the_rows_are_shown_as_they_stand_in_the_file(opened):
    model = preview(opened(TABLE)).model()
    assert [model.index(0, i).data() for i in range(5)] == ["p0", "20", "1000.5", "south", "no"]


def test_the_lines_of_the_file_are_numbered(opened):
    model = preview(opened(TABLE)).model()
    assert model.headerData(0, Qt.Orientation.Vertical) == "2"


def test_each_column_says_what_it_holds(opened):
    dialog = opened(TABLE + "p30,,1,north,no\n")
    assert header(dialog, 0) == "name, Text, left out"
    assert header(dialog, 1) == "age, Number, 1 missing"
    assert header(dialog, 3) == "region, Category"
    assert header(dialog, 4) == "buys, Category, target"


def test_what_was_found_is_named(opened):
    dialog = opened("a;b\n" + "".join(f"{i},5;{i % 2}\n" for i in range(20)))
    assert choice(dialog, "Delimiter").currentText() == "Found: Semicolon ;"
    assert choice(dialog, "Decimal sign").currentText() == "Found: Comma 0,5"
    assert choice(dialog, "Encoding").currentText() == "Found: UTF-8"


def test_accents_of_an_old_windows_file_are_read(opened):
    text = "città;età\n" + "".join(f"{'Forlì' if i % 2 else 'Cefalù'};{i}\n" for i in range(20))
    dialog = opened(text.encode("cp1252"))
    assert choice(dialog, "Encoding").currentText() == "Found: Western (Windows)"
    assert preview(dialog).model().index(0, 0).data() == "Cefalù"


def test_the_size_of_the_table_is_told(opened):
    assert "30 rows, 5 columns" in texts(opened(TABLE))


def test_the_selected_column_is_described(opened):
    dialog = opened(TABLE)
    select(dialog, 1)
    shown = texts(dialog)
    assert "Column 2 of 5" in shown
    assert "Min | 20.0 | Max | 49.0" in shown
    assert "1 input" in shown


def test_the_classes_are_counted(opened):
    bars = opened(TABLE).findChild(ClassBars)
    assert bars.accessibleDescription() == "no: 15, yes: 15"


def test_what_will_be_loaded_is_summed_up(opened):
    dialog = opened(TABLE + "p30,20,1,north,\n")
    assert "31 rows → 30 used (1 without buys), 4 inputs, 2 classes" in texts(dialog)


# What is chosen


def test_accepting_gives_a_source_that_loads(opened, tmp_path):
    dialog = opened(TABLE)
    ok(dialog).click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    source = dialog.source()
    assert (source.path, source.targets) == (tmp_path / "people.csv", ("buys",))
    assert source.load().classes == ("no", "yes")


def test_enter_opens_and_escape_does_not(qtbot, opened):
    dialog = opened(TABLE)
    qtbot.keyClick(preview(dialog), Qt.Key.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    dialog = opened(TABLE)
    qtbot.keyClick(preview(dialog), Qt.Key.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_the_type_of_a_column_can_be_changed(qtbot, opened):
    dialog = opened(TABLE)
    select(dialog, 1)
    choose(choice(dialog, "Type"), "category")
    qtbot.waitUntil(lambda: "33 inputs, 2 classes" in texts(dialog))
    assert plan(dialog, "age").type == "category"


def test_what_is_chosen_is_for_all_selected_columns(opened):
    dialog = opened(TABLE)
    select(dialog, 1, 2)
    assert "and 1 more" in texts(dialog)
    choose(choice(dialog, "Missing values"), "mean")
    assert plan(dialog, "age").missing == plan(dialog, "income").missing == "mean"
    assert plan(dialog, "region").missing == "auto"


def test_a_category_can_be_ordinal(opened):
    dialog = opened(TABLE)
    select(dialog, 3)
    segments(dialog, "Encoding").segment("ordinal").click()
    assert plan(dialog, "region").encoding == "ordinal"
    assert "3 inputs, 2 classes" in texts(dialog)


def test_a_column_has_a_scaling_of_its_own(opened):
    dialog = opened(TABLE)
    select(dialog, 2)
    choose(choice(dialog, "Scaling"), "unit")
    assert plan(dialog, "income").scaling == "unit"


def test_a_column_can_be_left_out_and_taken_back(opened):
    dialog = opened(TABLE)
    select(dialog, 1)
    role = segments(dialog, "What it is to the network")
    role.segment("left_out").click()
    assert header(dialog, 1) == "age, Ignored, left out"
    role.segment("input").click()
    assert header(dialog, 1) == "age, Number"


def test_a_selected_column_can_be_made_the_target(opened):
    dialog = opened(TABLE)
    select(dialog, 2)
    segments(dialog, "What it is to the network").segment("target").click()
    assert dialog.source().targets == ("income",)
    assert dialog.source().task == "regression"


def test_several_selected_numbers_can_be_the_targets(opened):
    dialog = opened(TABLE)
    select(dialog, 1, 2)
    segments(dialog, "What it is to the network").segment("target").click()
    assert dialog.source().targets == ("age", "income")
    assert dialog.source().load().targets == ("age", "income")


def test_numbers_may_be_predicted_as_classes_or_not(opened):
    dialog = opened("a,b\n" + "".join(f"{i},{i % 4}\n" for i in range(40)))
    task = choice(dialog, "What it is")
    assert task.currentText() == "Found: Classes"
    choose(task, "regression")
    assert dialog.source().task == "regression"
    assert "1 input, 1 number" in texts(dialog)


def test_categories_cannot_be_predicted_as_a_number(opened):
    assert "regression" not in keys(choice(opened(TABLE), "What it is"))


def test_a_column_of_numbers_may_be_the_weights(opened):
    dialog = opened(TABLE)
    weights = choice(dialog, "How much rows count")
    assert keys(weights) == ["", "age", "income"]
    choose(weights, "age")
    assert dialog.source().weight_column == "age"
    assert header(dialog, 1) == "age, Number, weight"
    assert dialog.source().load().train.weights.min() >= 20


def test_the_split_is_chosen_and_its_rows_are_shown(qtbot, opened):
    dialog = opened(TABLE)
    slider = next(s for s in dialog.findChildren(Slider) if s.accessibleName() == "Test")
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Home)
    assert dialog.source().test_split == 0.0


def test_scaling_of_all_inputs_is_chosen(opened):
    dialog = opened(TABLE)
    segments(dialog, "Scale inputs").segment("unit").click()
    assert dialog.source().scaling == "unit"
    assert "As all: 0 to 1" in keys_text(choice(dialog, "Scaling"))


def keys_text(box):
    return [box.itemText(i) for i in range(box.count())]


def test_the_target_has_a_scaling_only_if_it_is_a_number(opened):
    dialog = opened(TABLE)
    assert not segments(dialog, "Scale target").isVisible()
    select(dialog, 1)
    segments(dialog, "What it is to the network").segment("target").click()
    assert segments(dialog, "Scale target").isVisible()


# The list of targets and the menu of types


@NO_POPUPS
def test_the_list_of_targets_takes_one_with_enter(qtbot, opened):
    dialog = opened(TABLE)
    dialog.findChild(TargetButton).click()
    view = next(
        v for v in dialog.findChildren(QWidget) if v.inherits("QListView") and v.isVisible()
    )
    view.setCurrentIndex(view.model().index(1, 0))
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert dialog.source().targets == ("age",)
    assert not view.isVisible()


@NO_POPUPS
def test_the_list_of_targets_ticks_several_with_space(qtbot, opened):
    dialog = opened(TABLE, targets=("age",))
    dialog.findChild(TargetButton).click()
    view = next(
        v for v in dialog.findChildren(QWidget) if v.inherits("QListView") and v.isVisible()
    )
    view.setCurrentIndex(view.model().index(2, 0))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert dialog.source().targets == ("age", "income")
    view.window().close()


@NO_POPUPS
def test_a_column_is_found_among_many(qtbot, opened):
    names = [f"pixel_{i}" for i in range(40)]
    rows = "".join(",".join(str(i * j % 7) for j in range(40)) + "\n" for i in range(20))
    dialog = opened(",".join(names) + "\n" + rows)
    dialog.findChild(TargetButton).click()
    find = next(e for e in dialog.findChildren(QLineEdit) if e.accessibleName() == "Find a column")
    QTest.keyClicks(find, "_17")
    qtbot.keyClick(find, Qt.Key.Key_Return)
    assert dialog.source().targets == ("pixel_17",)


def menu_of(dialog):
    return next(m for m in dialog.findChildren(QMenu) if m.isVisible())


@NO_POPUPS
def test_a_click_on_the_chip_of_a_column_changes_its_type(qtbot, opened):
    dialog = opened(TABLE)
    columns = preview(dialog).horizontalHeader()
    qtbot.mouseClick(columns.viewport(), Qt.MouseButton.LeftButton, pos=columns.chip(1).center())
    action = next(a for a in menu_of(dialog).actions() if a.text() == "Category")
    action.trigger()
    menu_of(dialog).close()
    assert plan(dialog, "age").type == "category"


@NO_POPUPS
def test_the_types_are_reached_by_keyboard(qtbot, opened):
    dialog = opened(TABLE)
    select(dialog, 3)
    qtbot.keyClick(preview(dialog), Qt.Key.Key_F2)
    names = [action.text() for action in menu_of(dialog).actions() if action.text()]
    assert names[0] == "Found: Category"
    assert "Predict this column" in names
    menu_of(dialog).close()


# How the text is read


def test_another_delimiter_reads_the_file_anew(qtbot, opened):
    dialog = opened("a;b\n" + "".join(f"{i};{i % 2}\n" for i in range(20)))
    choose(choice(dialog, "Delimiter"), "comma")
    wait(qtbot, dialog)
    assert not ok(dialog).isEnabled()
    choose(choice(dialog, "Delimiter"), "semicolon")
    wait(qtbot, dialog)
    assert ok(dialog).isEnabled()
    assert dialog.source().delimiter == "semicolon"


def test_any_character_may_be_the_delimiter(qtbot, opened):
    dialog = opened("a#b\n" + "".join(f"{i}#{i % 2}\n" for i in range(20)))
    choose(choice(dialog, "Delimiter"), "other")
    field = next(
        e for e in dialog.findChildren(QLineEdit) if "delimiter" in e.accessibleName().lower()
    )
    QTest.keyClicks(field, "#")
    wait(qtbot, dialog)
    assert dialog.source().delimiter == "#"
    assert dialog.source().load().features == ("a",)


def test_a_letter_cannot_be_the_delimiter(qtbot, opened):
    dialog = opened("a;b\n" + "".join(f"{i};{i % 2}\n" for i in range(20)))
    choose(choice(dialog, "Delimiter"), "other")
    field = next(
        e for e in dialog.findChildren(QLineEdit) if "delimiter" in e.accessibleName().lower()
    )
    QTest.keyClicks(field, "x")
    assert "no letter" in field.toolTip()
    assert dialog.source().delimiter == "auto"


def test_a_spelling_of_missing_values_can_be_added(qtbot, opened):
    dialog = opened("a,b\n" + "".join(f"{i if i % 5 else 'boh'},{i % 2}\n" for i in range(20)))
    field = next(
        e for e in dialog.findChildren(QLineEdit) if e.accessibleName() == "Read as missing"
    )
    field.setCursorPosition(len(field.text()))
    QTest.keyClicks(field, ", boh")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.isVisible()  # it is read anew before it can be opened
    wait(qtbot, dialog)
    assert "boh" in dialog.source().missing_values
    assert header(dialog, 0) == "a, Number, 4 missing"


def test_choices_stay_when_the_file_is_read_anew(qtbot, opened):
    dialog = opened(TABLE)
    select(dialog, 1)
    choose(choice(dialog, "Missing values"), "mean")
    choose(choice(dialog, "Delimiter"), "comma")
    wait(qtbot, dialog)
    assert plan(dialog, "age").missing == "mean"


# What is wrong


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("a,b\n", "no rows"),
        ("a,b,c\n1,2,3\n4,5\n", "line 3: there are 2 values"),
    ],
)
def test_a_file_that_is_no_table_says_so(opened, text, message):
    dialog = opened(text)
    assert message in texts(dialog)
    assert not ok(dialog).isEnabled()


def test_the_lines_around_an_error_are_shown_with_the_place_marked(opened):
    rows = [f"{i},{i}" for i in range(2, 200)]
    rows[98] = "1,2,3"
    model = preview(opened("a,b\n" + "\n".join(rows) + "\n")).model()
    numbers = [model.headerData(i, Qt.Orientation.Vertical) for i in range(model.rowCount())]
    at = numbers.index("100")
    assert [model.index(at, i).data() for i in range(3)] == ["1", "2", "3"]
    wrong = model.index(at, 0).data(Qt.ItemDataRole.BackgroundRole)
    assert wrong == theme.colour("danger_tint")
    assert model.index(at - 1, 0).data(Qt.ItemDataRole.BackgroundRole) is None


def bad_cell(opened, qtbot):
    rows = "".join(f"{'unknown' if i == 77 else i},{i % 2}\n" for i in range(100))
    dialog = opened("a,b\n" + rows)
    trouble = dialog.findChild(Trouble)
    qtbot.waitUntil(trouble.isVisible)
    return dialog


def test_a_bad_cell_is_shown_in_its_line(qtbot, opened):
    dialog = bad_cell(opened, qtbot)
    assert 'line 79, column 1 (a): "unknown"' in texts(dialog)
    assert not ok(dialog).isEnabled()
    model = preview(dialog).model()
    numbers = [model.headerData(i, Qt.Orientation.Vertical) for i in range(model.rowCount())]
    assert model.index(numbers.index("79"), 0).data() == "unknown"


def test_a_bad_cell_is_read_as_missing_by_one_press(qtbot, opened):
    dialog = bad_cell(opened, qtbot)
    push(dialog, "Read “unknown” as missing").click()
    wait(qtbot, dialog)
    assert ok(dialog).isEnabled()
    assert header(dialog, 0) == "a, Number, 1 missing"
    assert dialog.source().missing_values[-1] == "unknown"
    assert not dialog.findChild(Trouble).isVisible()


def test_a_bad_cell_does_not_matter_in_a_column_that_is_left_out(qtbot, opened):
    dialog = bad_cell(opened, qtbot)
    select(dialog, 0)
    segments(dialog, "What it is to the network").segment("left_out").click()
    qtbot.waitUntil(lambda: not dialog.findChild(Trouble).isVisible())
    assert preview(dialog).model().headerData(0, Qt.Orientation.Vertical) == "2"


def test_a_file_that_is_gone_says_so(qtbot, qapp, tmp_path):
    theme.apply(qapp, dark=False)
    dialog = CsvDialog(tmp_path / "gone.csv")
    qtbot.addWidget(dialog, before_close_func=lambda dialog: dialog.reject())
    dialog.show()
    wait(qtbot, dialog)
    assert "gone.csv" in dialog.findChild(Trouble).accessibleName()


def test_why_nothing_can_be_opened_is_told(opened):
    dialog = opened("a,b\n" + "".join(f"{i % 3},1\n" for i in range(20)), targets=("b",))
    assert not ok(dialog).isEnabled()
    assert "b is the same in every row" in texts(dialog)


# Opening again


def test_a_dialog_opened_again_shows_what_was_chosen(opened):
    first = opened(TABLE)
    select(first, 1)
    choose(choice(first, "Missing values"), "mean")
    segments(first, "Scale inputs").segment("none").click()
    source = first.source()
    assert ok(first).text() == "Open"
    again = opened(TABLE, columns=source.columns, scaling=source.scaling, targets=source.targets)
    select(again, 1)
    assert ok(again).text() == "Use these columns"
    assert choice(again, "Missing values").choice() == "mean"
    assert segments(again, "Scale inputs").choice() == "none"
    assert replace(again.source(), task=source.task) == source


def test_a_plan_that_was_made_is_followed_from_the_start(opened):
    dialog = opened(TABLE, columns=(ColumnPlan("age", type="category"),))
    assert header(dialog, 1) == "age, Category"


# Threads, keys and names


def test_the_beginning_of_a_long_file_is_there_before_its_end(qtbot, qapp, tmp_path):
    theme.apply(qapp, dark=False)
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "1,2\n3,4\n" * 200_000, encoding="utf-8")
    dialog = CsvDialog(path)
    qtbot.addWidget(dialog, before_close_func=lambda dialog: dialog.reject())
    dialog.show()
    rows = preview(dialog).model()
    seen = []
    rows.modelReset.connect(lambda: seen.append(dialog.findChild(QProgressBar).isVisible()))
    wait(qtbot, dialog)
    assert seen[0]
    assert "400,000 rows, 2 columns" in texts(dialog)


def test_closing_ends_the_reading(qtbot, qapp, tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "1,2\n" * 200_000, encoding="utf-8")
    dialog = CsvDialog(path)
    qtbot.addWidget(dialog)
    reading = dialog._reading
    dialog.reject()
    qtbot.waitUntil(lambda: not reading.is_alive())


def test_every_control_has_a_name(opened):
    dialog = opened(TABLE)
    kinds = (QComboBox, QPushButton, QLineEdit, Slider, Segments)
    controls = [w for kind in kinds for w in dialog.findChildren(kind) if w.isVisible()]
    assert len(controls) > 20
    assert [w for w in controls if not (w.accessibleName() or w.text())] == []


def test_the_tab_key_goes_through_all_parts(qtbot, opened):
    dialog = opened(TABLE)
    dialog.activateWindow()
    preview(dialog).setFocus()
    seen = set()
    for _ in range(60):
        qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
        seen.add(dialog.focusWidget())
    wanted = {
        choice(dialog, "Encoding"),
        choice(dialog, "Type"),
        preview(dialog),
        choice(dialog, "How much rows count"),
        ok(dialog),
    }
    assert wanted <= seen


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_it_fits_a_small_screen(qtbot, qapp, opened, scale):
    theme.apply(qapp, dark=False, scale=scale)
    dialog = opened(TABLE)
    room = dialog.screen().availableSize()
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()
    theme.apply(qapp, dark=False)


@NO_POPUPS
def test_a_long_name_is_told_in_full_by_hovering(qtbot, opened):
    long = "a_very_long_name_" * 6
    dialog = opened(f"{long},y\n" + "".join(f"{i},{i % 2}\n" for i in range(20)))
    columns = preview(dialog).horizontalHeader().viewport()
    place = QPoint(20, 10)
    qapp_event = QHelpEvent(QEvent.Type.ToolTip, place, columns.mapToGlobal(place))
    QApplication.sendEvent(columns, qapp_event)
    assert QToolTip.text() == f"{long}, Number"
    QToolTip.hideText()


def test_a_file_too_large_for_the_memory_can_be_sampled_by_one_press(qtbot, opened, monkeypatch):
    monkeypatch.setattr("playground.data.tables.table.free_memory", lambda: 24 * 1000)
    dialog = opened("a,b\n" + "".join(f"{i},{i % 2}\n" for i in range(5000)))
    assert not ok(dialog).isEnabled()
    push(dialog, "Take 500 rows at random").click()
    wait(qtbot, dialog)
    assert ok(dialog).isEnabled()
    assert dialog.source().most_rows == 500
    assert "500 of 5,000 rows, chosen at random" in texts(dialog)


def test_the_spellings_of_missing_values_that_were_found_are_named(opened):
    dialog = opened("a,b\n" + "".join(f"{i if i % 5 else 'NA'},{i % 2}\n" for i in range(20)))
    assert "Read as missing; found: NA" in texts(dialog)


def test_a_large_font_leaves_room_for_the_rows(qtbot, qapp, opened):
    theme.apply(qapp, dark=False, scale=1.5)
    dialog = opened(TABLE)
    dialog.resize(1318, 640)
    qtbot.waitUntil(lambda: preview(dialog).viewport().height() >= 3 * 39)
    theme.apply(qapp, dark=False)


def test_missing_values_are_muted_however_they_are_spelled(opened):
    dialog = opened("a,b\n" + "".join(f"{i if i else 'NA'},{i % 2}\n" for i in range(20)))
    model = preview(dialog).model()
    ink = Qt.ItemDataRole.ForegroundRole
    assert model.index(0, 0).data(ink) == theme.colour("muted")
    assert model.index(1, 0).data(ink) is None
