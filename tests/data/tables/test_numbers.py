import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.tables.numbers import decimal_signs, is_plain_number, number, thousands_mark


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1.5", ".", 1.5),
        (" -1e3 ", ".", -1000.0),
        ("+.5", ".", 0.5),
        ("5,", ",", 5.0),
        ("1.234,56", ",", 1234.56),
        ("1,234,567", ".", 1234567.0),
        ("1 234,5", ",", 1234.5),
        ("12\u202f345", ".", 12345.0),
        ("1'000.25", ".", 1000.25),
        ("Infinity", ".", float("inf")),
    ],
)
def test_numbers_as_people_write_them(text, decimal, value):
    assert number(text, decimal) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", ".", "e5", "1.2.3", "12.34", "0.123", "1.23,4", "1.234.56,7", "1,2,3"),
        *("0x10", "1_000", "nan", "٣", "1.5 2", "1.234 567"),
    ],
)
def test_what_is_no_number_with_a_decimal_comma(text):
    assert number(text, ",") is None


@given(st.floats(allow_nan=False))
def test_every_number_that_python_writes_is_one(value):
    assert is_plain_number(repr(value), ".")
    assert number(repr(value), ".") == value


@given(st.integers(1000, 10**12), st.sampled_from(".,"))
def test_groups_of_three_digits(value, decimal):
    text = f"{value:,}".replace(",", "." if decimal == "," else ",")
    assert number(text, decimal) == value
    assert thousands_mark(text, decimal) == text[-4]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        *(("1,5", ","), ("1.25", "."), ("1,500", ""), ("12", ""), ("1.234,56", ",")),
        *(("0,125", ","), ("1,234,567", "."), ("1234,567", ","), ("1,234.5", ".")),
        *(("-3,14e2", ","), ("a", "")),
    ],
)
def test_which_decimal_sign_a_cell_speaks_for(text, signs):
    assert decimal_signs(text) == signs
