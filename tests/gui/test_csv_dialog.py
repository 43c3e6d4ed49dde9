"""The dialog in which a CSV file becomes data."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from playground.data.sources.csv_file import CsvFile
from playground.gui import theme
from playground.gui.csv_dialog import CsvDialog
from playground.gui.csv_preview import CsvPreview
from playground.gui.widgets import Choice, Switch

TABLE = "name,age,income,region,buys\n" + "".join(
    f"p{i},{20 + i},{1000.5 + 7 * i},{'north' if i % 3 else 'south'},{'yes' if i % 2 else 'no'}\n"
    for i in range(30)
)


@pytest.fixture
def opened(qtbot, qapp, tmp_path):
    """Open the dialog on a file with this text, and wait until it has been read."""
    theme.apply(qapp, dark=False)

    def open_text(text):
        path = tmp_path / "people.csv"
        path.write_text(text, encoding="utf-8")
        dialog = CsvDialog(path)
        qtbot.addWidget(dialog, before_close_func=lambda dialog: dialog.reject())
        dialog.show()
        wait(qtbot, dialog)
        return dialog

    return open_text


def wait(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._timer.isActive(), timeout=20_000)


def choice(dialog, name):
    return next(c for c in dialog.findChildren(Choice) if c.accessibleName() == name)


def choose(box, key):
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def ok(dialog):
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == "Use this table")


def texts(dialog):
    return " | ".join(words.text() for words in dialog.findChildren(QLabel) if words.isVisible())


def header(dialog, column):
    model = dialog.findChild(CsvPreview).model()
    return model.headerData(column, Qt.Orientation.Horizontal)


def test_the_rows_are_shown_as_they_stand_in_the_file(opened):
    dialog = opened(TABLE)
    model = dialog.findChild(CsvPreview).model()
    assert [model.index(0, i).data() for i in range(5)] == ["p0", "20", "1000.5", "south", "no"]


def test_each_column_says_what_it_holds(opened):
    dialog = opened(TABLE)
    assert header(dialog, 0) == "name\ntexts, left out"
    assert header(dialog, 2) == "income\nnumbers"
    assert header(dialog, 3) == "region\n2 categories"


def test_missing_values_are_counted(opened):
    assert header(opened(TABLE + "p30,,1,north,no\n"), 1) == "age\nnumbers, 1 missing"


def test_a_sensible_target_is_proposed(opened):
    dialog = opened(TABLE)
    assert choice(dialog, "Column to predict").choice() == "buys"
    assert header(dialog, 4) == "buys\ntarget, 2 categories"
    assert "The network tells 2 classes of buys apart." in texts(dialog)


def test_accepting_gives_a_source_that_loads(opened, tmp_path):
    dialog = opened(TABLE)
    ok(dialog).click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.source() == CsvFile(path=tmp_path / "people.csv", targets=["buys"])
    assert dialog.source().load().classes == ("no", "yes")


def test_another_target_can_be_chosen(opened):
    dialog = opened(TABLE)
    choose(choice(dialog, "Column to predict"), "income")
    assert dialog.source().targets[0] == "income"
    assert "The network predicts income as a number." in texts(dialog)


def test_a_click_on_a_column_makes_it_the_target(qtbot, opened):
    dialog = opened(TABLE)
    preview = dialog.findChild(CsvPreview)
    inside = preview.visualRect(preview.model().index(0, 3)).center()
    qtbot.mouseClick(preview.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert dialog.source().targets[0] == "region"


def test_a_column_of_numbers_may_be_the_weights(opened):
    dialog = opened(TABLE)
    weights = choice(dialog, "How much rows count")
    assert [weights.itemData(i) for i in range(weights.count())] == ["", "age", "income"]
    assert dialog.source().weight_column == ""
    choose(weights, "age")
    assert dialog.source().weight_column == "age"
    assert dialog.source().load().train.weights.min() >= 20


def test_the_target_cannot_be_the_weights(opened):
    dialog = opened(TABLE)
    choose(choice(dialog, "How much rows count"), "age")
    choose(choice(dialog, "Column to predict"), "age")
    assert dialog.source().weight_column == ""


def test_numbers_may_be_predicted_as_classes(opened):
    dialog = opened("a,b\n" + "".join(f"{i},{i % 4}\n" for i in range(40)))
    choose(choice(dialog, "What to predict"), "regression")
    assert dialog.source().task == "regression"
    assert "as a number" in texts(dialog)


def test_categories_cannot_be_predicted_as_a_number(opened):
    dialog = opened(TABLE)
    assert choice(dialog, "What to predict").findData("regression") < 0


def test_standardizing_can_be_switched_off(qtbot, opened):
    dialog = opened(TABLE)
    dialog.findChild(Switch).click()
    assert dialog.source().scaling == "none"


def test_a_column_of_texts_cannot_be_predicted(opened):
    dialog = opened(TABLE)
    choose(choice(dialog, "Column to predict"), "name")
    assert not ok(dialog).isEnabled()
    assert "name holds texts" in texts(dialog)


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


def test_another_delimiter_reads_the_file_anew(qtbot, opened):
    dialog = opened("a;b\n" + "".join(f"{i};{i % 2}\n" for i in range(20)))
    choose(choice(dialog, "Delimiter"), "comma")
    wait(qtbot, dialog)
    assert not ok(dialog).isEnabled()
    choose(choice(dialog, "Delimiter"), "semicolon")
    wait(qtbot, dialog)
    assert ok(dialog).isEnabled()
    assert dialog.source().delimiter == "semicolon"


def test_what_was_found_is_named(opened):
    dialog = opened("a;b\n" + "".join(f"{i};{i % 2}\n" for i in range(20)))
    assert choice(dialog, "Delimiter").currentText() == "Found: Semicolon ;"


def test_closing_ends_the_reading(qtbot, qapp, tmp_path):
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "1,2\n" * 200_000, encoding="utf-8")
    dialog = CsvDialog(path)
    qtbot.addWidget(dialog)
    reading = dialog._reading
    dialog.reject()
    assert not reading.is_alive()
