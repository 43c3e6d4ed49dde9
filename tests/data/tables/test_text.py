import pytest

from playground.data.tables.text import (
    TextFormat,
    TextOptions,
    detect_format,
    records,
)
from playground.errors import ConfigError


@pytest.fixture
def detect(tmp_path):
    def detect(data, **options):
        (tmp_path / "t.csv").write_bytes(data)
        return detect_format(tmp_path / "t.csv", TextOptions(**options))

    return detect


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found(detect, codec, encoding):
    assert detect("nome,città\n1,è\n".encode(codec)).encoding == encoding


def test_one_accent_at_the_very_end_is_enough(detect):
    assert detect("a,b\n1,à".encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(detect, mark):
    assert detect(f"a{mark}b\n1{mark}2\n3{mark}4\n".encode()).delimiter == mark


def test_decimal_commas_are_no_delimiters(detect):
    found = detect(b"a;b;c\n1,5;2,5;x\n3,5;4,5;y\n")
    assert found == TextFormat("utf-8", ";", ",")


def test_a_delimiter_in_quotation_marks_is_a_text(detect):
    assert detect(b'a;b\n"1,2,3";4\n"5,6,7";8\n').delimiter == ";"


def test_points_are_the_usual_decimal_sign(detect):
    assert detect(b"a;b\n1.5;2\n3;4\n").decimal == "."


def test_choices_overrule_the_guess(detect):
    assert detect(b"a b\n1 2\n", delimiter="space", decimal="comma") == TextFormat(
        "utf-8", " ", ","
    )


def test_any_one_character_may_be_chosen_as_the_delimiter(detect):
    assert detect(b"a~b\n1~2\n", delimiter="~").delimiter == "~"


@pytest.mark.parametrize("delimiter", ["", "::", "a", "5", '"', "'", ".", "\n", "-"])
def test_what_cannot_be_a_delimiter(delimiter):
    with pytest.raises(ConfigError, match="delimiter must be one of auto, comma"):
        TextOptions(delimiter=delimiter)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_records_know_their_line(tmp_path, newline):
    lines = ["a,b", "", '"x', 'y",2', "   ", "3,4"]
    (tmp_path / "t.csv").write_bytes(newline.join(lines).encode())
    found = list(records(tmp_path / "t.csv", TextFormat("utf-8", ",", ".")))
    assert found == [(1, ["a", "b"]), (3, [f"x{newline}y", "2"]), (6, ["3", "4"])]
