"""The About box."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPlainTextEdit

import playground
from playground.gui.about.dialog import AboutDialog
from playground.gui.about.licences import licences


@pytest.fixture
def dialog(qtbot):
    dialog = AboutDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def page(dialog):
    """Opened as a user does: by the segment."""
    dialog._choice.segment("licences").click()
    return dialog._pages.currentWidget()


def names(page):
    entries = page.findChild(QListWidget)
    return [entries.item(i).text() for i in range(entries.count())]


def shown(page):
    return page.findChild(QPlainTextEdit).toPlainText()


def test_the_versions_are_copied_as_text(dialog):
    button = next(b for b in dialog.findChildren(QLabel) if b.text() == playground.__version__)
    assert button.isVisible()
    QTest.mouseClick(named(dialog, "Copy versions"), Qt.MouseButton.LeftButton)
    lines = QApplication.clipboard().text().splitlines()
    assert f"Neural Playground: {playground.__version__}" in lines
    assert any(line.startswith("numpy: ") for line in lines)
    assert any(line.startswith("PySide6-Essentials: ") for line in lines)


def named(dialog, text):
    return next(
        b for b in dialog.findChildren(type(dialog._choice.segment("licences"))) if b.text() == text
    )


def test_every_licence_can_be_read_in_full(page):
    parts = licences()
    assert names(page) == [part.title for part in parts]
    for row, part in enumerate(parts):
        page.findChild(QListWidget).setCurrentRow(row)
        assert shown(page) == part.text()


def test_a_search_finds_names_and_words_of_the_texts(page):
    field = page.findChild(QLineEdit)
    QTest.keyClicks(field, "numpy")
    assert "numpy" in names(page)
    assert "Iris" not in names(page)
    field.clear()
    QTest.keyClicks(field, "own builds of these libraries")
    assert names(page) == []
    assert shown(page) == ""
    field.clear()
    QTest.keyClicks(field, "other builds of these")
    assert names(page) == ["PySide6-Essentials", "Qt", "shiboken6"]
    assert page.findChild(QPlainTextEdit).textCursor().selectedText() == "other builds of these"
