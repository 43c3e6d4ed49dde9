import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from playground.errors import FileError
from playground.gui.charts.chart_menu import ChartMenu, write


@pytest.fixture
def chart(qtbot):
    label = QLabel("Loss 0.25")
    label.resize(120, 40)
    qtbot.addWidget(label)
    return label


def test_a_png_is_twice_as_large_as_the_chart(chart):
    image = QImage.fromData(ChartMenu(chart, "loss").content("png"))
    assert (image.width(), image.height()) == (240, 80)


def test_an_svg_holds_shapes_and_no_picture(chart):
    text = ChartMenu(chart, "loss").content("svg").decode()
    assert 'viewBox="0 0 120 40"' in text
    assert "<image" not in text


def test_a_csv_leaves_out_what_is_not_known(chart):
    menu = ChartMenu(chart, "loss", lambda: [("epoch", "loss"), (1, None)])
    assert menu.content("csv") == b"epoch,loss\r\n1,\r\n"


def test_without_numbers_there_is_no_csv(chart):
    texts = [action.text() for action in ChartMenu(chart, "loss").actions()]
    assert [text for text in texts if "CSV" in text] == []
    assert len([text for text in texts if text.startswith("Save")]) == 2


def test_a_folder_that_is_missing_is_said_in_words(tmp_path):
    with pytest.raises(FileError, match="Choose another folder"):
        write(tmp_path / "missing" / "loss.csv", b"")
