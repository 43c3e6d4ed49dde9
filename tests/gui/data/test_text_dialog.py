"""The dialog for texts: what it tells, and the source that comes of it."""

import pytest

from playground.data.sources.text import MOST_PASTED, PastedText, TextFile
from playground.gui.data.text_dialog import TextDialog
from playground.gui.look import theme

STORY = "The cat sleeps. The dog eats an apple. " * 5


@pytest.fixture
def dialog(qtbot, qapp):
    theme.apply(qapp, dark=False)

    def make(source):
        dialog = TextDialog(source)
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def test_a_pasted_text_becomes_a_source(qtbot, dialog):
    shown = dialog(PastedText())
    assert not shown._ok.isEnabled()
    shown._text.setPlainText(STORY)
    qtbot.waitUntil(shown._ok.isEnabled)
    assert shown.source() == PastedText(text=STORY)


def test_the_tokens_are_shown_as_they_will_be(dialog):
    shown = dialog(PastedText(text=STORY))
    assert shown._tokens.text().startswith("the  ·  cat  ·  sleeps  ·  .")
    shown._lower.setChecked(False)
    assert shown._tokens.text().startswith("The")
    shown._unit.segment("character").click()
    assert shown._tokens.text().startswith("T  ·  h  ·  e  ·  ␣")


def test_characters_get_a_longer_context(dialog):
    shown = dialog(PastedText(text=STORY))
    shown._unit.segment("character").click()
    source = shown.source()
    assert (source.unit, source.context) == ("character", 10)


def test_a_file_is_shown_but_not_edited(dialog, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    shown = dialog(TextFile(path=path))
    assert shown._text.isReadOnly()
    assert shown.source() == TextFile(path=path)


def test_a_file_that_is_no_text_says_why(dialog, tmp_path):
    path = tmp_path / "picture.txt"
    path.write_bytes(b"\x89PNG\0")
    shown = dialog(TextFile(path=path))
    assert "byte 0" in shown._verdict.text()
    assert not shown._ok.isEnabled()


def test_a_text_too_long_to_paste_says_so(qtbot, dialog):
    shown = dialog(PastedText())
    shown._text.setPlainText("a b " * (MOST_PASTED // 4 + 1))
    qtbot.waitUntil(lambda: "200,000" in shown._verdict.text())
    assert not shown._ok.isEnabled()
