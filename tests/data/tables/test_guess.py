import pytest

from playground.data.tables.guess import (
    cut,
    guess_decimal,
    guess_delimiter,
    guess_header,
    guess_quote,
    guess_thousands,
)

MISSING = ("NA", "?")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", " "])
def test_a_regular_table_shows_its_delimiter(mark):
    rows = [["name", "size"], ["Anna", "1"], ["Ugo", "25"]]
    assert guess_delimiter("\n".join(map(mark.join, rows)), '"') == mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1,5;2,5\n3,5;4,5\n", ";"),  # each line has two commas, too
        ("a;b\n1,5;2\n3;4\n", ";"),
        ("when,what\n1 May 2020,a b c\n2 May 2020,d e f\n", ","),
        ('a;b\n"1,2,3";4\n"5,6,7";8\n', ";"),
        ("a,b\nx;y;z,1\nv;w;u,2\n", ","),
        ("  x    y\n 1.5 2\n10   20\n", " "),
        ('A;B;"C,1";D;"E,2"\n', ";"),
        ("one\ntwo\n", ","),
    ],
)
def test_a_delimiter_among_others(text, mark):
    assert guess_delimiter(text, '"') == mark


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("a,b\n'x, y',1\n'z',2\n", "'"),
        ("'a';'b'\n'1';'2'\n", "'"),
        ('a,b\n"x",1\n', '"'),
        ("a,b\n'tis,1\nrock 'n' roll,2\n", '"'),
        ("a,b\n'x',\"y\"\n'z',\"w\"\n", '"'),
        ("a,b\n1,2\n", '"'),
    ],
)
def test_the_quotation_mark(text, quote):
    assert guess_quote(text) == guess_quote(text.replace("\n", "\r\n")) == quote


@pytest.mark.parametrize(
    ("cells", "decimal", "thousands"),
    [
        (["1,5", "2"], ",", ""),
        (["1.5", "2"], ".", ""),
        (["1.234,56", "7"], ",", "."),
        (["1,234.56", "7"], ".", ","),
        (["1.234.567"], ",", "."),
        (["1,234"], ",", ""),
        (["12 345,5"], ",", " "),
        (["red"], ".", ""),
    ],
)
def test_decimal_sign_and_groups(cells, decimal, thousands):
    sample = [[cell, "x"] for cell in cells]
    assert guess_decimal(sample, ";") == decimal
    assert guess_thousands(sample, decimal) == thousands


def test_a_thousand_with_a_comma_among_commas_is_quoted():
    sample = cut('a,b\n"1,234",2\n"5,678",3\n', ",", '"')
    assert guess_decimal(sample, ",") == "."
    assert guess_thousands(sample, ".") == ","


@pytest.mark.parametrize(
    "rows",
    [
        [["x", "y"], ["1", "2"]],
        [["name", "age"], ["Anna", "31"], ["Ugo", "29"]],
        [["2019", "2020"], ["3.5", "4.5"]],  # years
        [["", "0", "1", "2"], ["0", "3.5", "4.5", "5"]],  # as pandas writes a table without names
        [["name", "colour"], ["Anna", "red"], ["Ugo", "red"]],
        [["x", ""], ["1", "2"]],
        [["a", "b"], ["", "NA"]],
        [["a", "b"]],
    ],
)
def test_names_above_the_values(rows):
    assert guess_header(rows, ".", MISSING)


@pytest.mark.parametrize(
    "rows",
    [
        [["5.1", "3.5", "setosa"], ["4.9", "3.0", "setosa"]],
        [["7", "2"], ["1", "2"]],
        [["1", "31", "250"], ["2", "28", "300"]],
        [["red", "big"], ["blue", "small"], ["red", "small"]],
        [["3", "yes"], ["4", "no"]],
        [["?", "2"], ["1", "3"]],
    ],
)
def test_values_from_the_first_line_on(rows):
    assert not guess_header(rows, ".", MISSING)


def test_decimal_commas_do_not_make_a_comma_the_delimiter():
    assert guess_delimiter("0,01;aa;bb;cc;2,5\n" * 12, '"') == ";"
