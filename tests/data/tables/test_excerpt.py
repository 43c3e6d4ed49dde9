"""The lines around an error."""

import pytest

from playground.data.tables.excerpt import Place, excerpt, place_in
from playground.data.tables.text import TextFormat
from playground.language import LANGUAGES, speak, tr

COMMA = TextFormat("utf-8", ",", ".")


@pytest.fixture
def around(tmp_path):
    def around(data, place, text_format=COMMA):
        path = tmp_path / "t.csv"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return excerpt(path, text_format, place)

    return around


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ('t.csv, line 22, column 3 (x): "much" is not a number', Place(22, 3)),
        ("t.csv, line 201: there are 4 values", Place(201)),
        ("t.csv is empty", None),
        ("outline 7 is nothing", None),
    ],
)
def test_the_place_is_taken_from_the_message(message, place):
    assert place_in(message) == place


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_place_is_found_in_every_language(code):
    try:
        speak(code)
        told = tr("{name}, line {line}, column {position} ({column_name})")
        message = told.format(name="t.csv", line=22, position=3, column_name="x")
        assert place_in(message) == Place(22, 3)
        assert place_in(tr("{name}, line {line}").format(name="t.csv", line=22)) == Place(22)
    finally:
        speak("en")


def test_the_wrong_cell_stands_among_its_neighbours(around):
    text = "a,b\n" + "".join(f"{i},{i}\n" for i in range(2, 100))
    found = around(text.replace("50,50", "50,much"), Place(50, 2))
    assert found.wrong == "much"
    assert found.rows[50 - found.first] == ("50", "much")
    assert found.rows[0] == (str(found.first), str(found.first))
    assert found.header == ("a", "b")


def test_near_the_start_the_first_line_is_the_first_shown(around):
    assert around("a,b\n1\n", Place(2)).first == 1


def test_a_line_that_is_too_long_keeps_all_its_cells(around):
    assert around("a,b\n1,2,3\n", Place(2)).rows[1] == ("1", "2", "3")


def test_an_open_quotation_mark_does_not_swallow_the_next_lines(around):
    rows = around('a,b\n1,"x\n3,4\n', Place(2)).rows
    assert rows[1:] == (("1", "x"), ("3", "4"))


def test_bytes_that_are_no_text_are_shown_as_far_as_they_are(around):
    rows = around(b"a,b\n1,\xff\n", Place(2, 2)).rows
    assert rows[1] == ("1", "�")


def test_a_null_byte_can_be_shown(around):
    assert around(b"a,b\n1,\0\n", Place(2, 2)).rows[1] == ("1", "�")


def test_a_place_beyond_the_end_shows_the_last_lines(around):
    found = around("a,b\n1,2\n", Place(5, 1))
    assert found.wrong == ""
