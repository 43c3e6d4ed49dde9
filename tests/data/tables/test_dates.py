from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.tables.dates import iso, looks_like_dates, parse_dates

EPOCH = datetime(1970, 1, 1)
FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y")
MOMENTS = st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0)
)


def day(text, *others):
    """The first text as a date, read together with the others."""
    (days, *_) = parse_dates([text, *others]).days
    return None if np.isnan(days) else iso(days)


@pytest.mark.parametrize("form", FORMATS)
@given(moments=st.lists(MOMENTS, min_size=1))
def test_what_python_writes_is_read(form, moments):
    texts = [*(moment.strftime(form) for moment in moments), datetime(2024, 1, 31).strftime(form)]
    days = parse_dates(texts).days[:-1]
    assert days.tolist() == [(moment - EPOCH).days for moment in moments]


@given(MOMENTS)
def test_the_time_is_a_fraction_of_the_day(moment):
    (days,) = parse_dates([moment.isoformat(" ")]).days
    assert days * 86_400 == pytest.approx((moment - EPOCH) / timedelta(seconds=1), abs=1e-3)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("1970-01-02T06:30Z", 30.5),
        ("1970-01-02 06:30:00.5", 30.5 + 0.5 / 3600),
        ("1970-01-02T06:30:00+02:00", 28.5),
        ("02/01/1970 6:30 pm", 42.5),
        ("02/01/1970, 12:00 AM", 24),
    ],
)
def test_times_are_written_in_many_ways(text, hours):
    assert parse_dates([text]).days[0] * 24 == pytest.approx(hours)


def test_months_have_english_and_italian_names():
    texts = ["5 Jan 2024", "6 maggio 2024", "March 7, 2024", "8-Dic-2024", "9 sett. 2024"]
    assert [iso(days) for days in parse_dates(texts).days] == [
        "2024-01-05",
        "2024-05-06",
        "2024-03-07",
        "2024-12-08",
        "2024-09-09",
    ]


def test_a_day_beyond_12_tells_the_order():
    assert day("3/4/2024", "13/4/2024") == "2024-04-03"
    assert day("3/4/2024", "4/13/2024") == "2024-03-04"


def test_where_both_orders_fit_the_day_comes_first():
    assert day("3/4/2024") == "2024-04-03"
    assert parse_dates(["3/4/2024"]).is_open
    assert not parse_dates(["3/4/2024", "13/4/2024"]).is_open
    assert not parse_dates(["2024-03-04"]).is_open


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2024-13-01", "32/1/2024", "2024-01", "2024-01-01 25:00", "5 Foo 2024", "x", ""],
)
def test_what_is_no_date_has_no_day(text):
    assert day(text) is None


def test_short_years_are_those_of_posix():
    assert (day("1/2/68"), day("1/2/69")) == ("2068-02-01", "1969-02-01")


@pytest.mark.parametrize(
    ("texts", "looks"),
    [
        (["2024-01-01", "2024-02-01"], True),
        (["1.2.10", "1.2.11"], False),  # versions of a program
        (["2024-01-01", "soon"], False),
        (["2024-01-01", "2024-02-30"], False),
        ([], False),
    ],
)
def test_a_column_of_dates_is_known_by_its_looks(texts, looks):
    assert looks_like_dates(texts) is looks


DAY = r"([0-9]{4}[-/.][0-9][0-9][-/.][0-9][0-9]|[0-9][0-9][-/.][0-9][0-9][-/.][0-9]{4})"
ALIKE = st.from_regex(DAY + r"([ T][0-9][0-9]:[0-9][0-9](:[0-9][0-9])?)?", fullmatch=True)


@given(ALIKE)
def test_texts_that_look_alike_are_read_as_one_by_one(text):
    together, alone = (parse_dates([text, other]).days[0] for other in (text, "of another length"))
    np.testing.assert_array_equal(together, alone)
