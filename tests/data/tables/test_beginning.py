"""The beginning of a file, as a file of its own."""

import csv

import pytest

from playground.data.tables.beginning import LONG, beginning


@pytest.fixture
def start_of(tmp_path):
    def start_of(data):
        path = tmp_path / "long.csv"
        path.write_bytes(data)
        with beginning(path) as part:
            assert part.name == "long.csv"
            taken = part.read_bytes()
        assert not part.exists()
        return taken

    return start_of


def test_it_is_cut_after_a_whole_line(start_of):
    data = b"a,b\n" + b"1,2\n" * LONG
    start = start_of(data)
    assert data.startswith(start)
    assert start.endswith(b"\n")
    assert len(start) < LONG


def test_it_is_not_cut_within_quotation_marks(start_of):
    record = b'1,"two\nlines"\n'
    start = start_of(b"a,b\n" + record * LONG)
    rows = list(csv.reader(start.decode().splitlines(keepends=True)))
    assert set(map(len, rows)) == {2}
    assert rows[-1] == ["1", "two\nlines"]


def test_a_file_of_many_columns_gives_enough_rows(start_of):
    line = b",".join([b"0.123456"] * 10_000) + b"\n"
    assert start_of(line * 60).count(b"\n") >= 20


def test_utf_16_is_cut_between_two_characters(start_of):
    text = "a,b\n" + "1,2\n" * LONG
    start = start_of(text.encode("utf-16"))
    assert start.decode("utf-16").endswith("1,2\n")


def test_a_short_file_is_taken_whole(start_of):
    assert start_of(b"a,b\n1,2") in (b"a,b\n1,2", b"a,b\n")
