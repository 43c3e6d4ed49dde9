import re
import struct
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from playground.errors import FileError
from playground.training.archive import (
    dump_array,
    dump_json,
    parse_array,
    parse_json,
    read_archive,
    write_archive,
)

NAMES = re.compile(r"[a-z]+\.txt")
ENTRIES = {"a.txt": b"one", "b.txt": b"two" * 100}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "p.zip"
    path.write_bytes(write_archive(ENTRIES))
    return path


def rejected(path, reason):
    with pytest.raises(FileError, match=reason):
        read_archive(path, NAMES)


def test_entries_come_back(path):
    assert read_archive(path, NAMES) == ENTRIES


def test_any_zip_tool_reads_it(path):
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(ENTRIES)


def test_every_truncation_is_noticed(path):
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        rejected(path, "cut off")


def test_every_flipped_bit_is_noticed_or_harmless(path):
    whole = path.read_bytes()
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= 0x10
        path.write_bytes(damaged)
        try:
            entries = read_archive(path, NAMES)
        except FileError:
            continue
        assert set(entries.values()) <= set(ENTRIES.values())  # a date or a permission


def test_a_missing_file_is_no_damage(tmp_path):
    rejected(tmp_path / "no.zip", "no such file")


def test_a_compressed_entry_is_refused(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 1_000_000)
    rejected(path, "packed")


def test_an_unknown_entry_is_refused(path):
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../evil.txt", b"")
    rejected(path, r"\.\./evil\.txt")


def test_the_same_entry_twice_is_refused(path):
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("a.txt", b"")
    rejected(path, "twice")


def test_overlapping_entries_are_refused(path):
    """A zip bomb lists the same bytes many times."""
    whole = path.read_bytes()
    second = whole.rindex(b"PK\x01\x02")
    first = whole.index(b"PK\x01\x02")
    entry = bytearray(whole[first:second])
    name = entry.index(b"a.txt")
    entry[name : name + 5] = b"c.txt"
    end = bytearray(whole[whole.rindex(b"PK\x05\x06") :])
    struct.pack_into("<2H", end, 8, 3, 3)
    struct.pack_into("<L", end, 12, len(whole) - first - len(end) + len(entry))
    path.write_bytes(whole[: -len(end)] + entry + end)
    rejected(path, "overlap")


def test_more_entries_than_any_project_has_are_refused_before_they_are_listed(path):
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5000):
            archive.writestr(f"{number}.txt", b"")
    rejected(path, "more parts")


def test_a_lying_size_of_the_directory_is_refused(path):
    whole = bytearray(path.read_bytes())
    struct.pack_into("<L", whole, len(whole) - 10, 2**31)
    path.write_bytes(whole)
    rejected(path, "more parts")


def test_json_comes_back():
    value = {"a": [1, 2.5, None, True, "è"], "b": {}}
    assert parse_json(dump_json(value)) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "NaN",
        '{"a": Infinity}',
        "1" * 5000,
        '"\\ud800"',
        "[" * 100_000,
        '{"a":' * 100 + "1" + "}" * 100,
        b"\xff",
        " " * 2_000_000,
    ],
)
def test_json_that_nobody_wrote_here_is_refused(text):
    with pytest.raises(FileError, match="description"):
        parse_json(text if isinstance(text, bytes) else text.encode())


def test_brackets_in_a_text_do_not_count_as_nesting():
    assert parse_json(dump_json('["' * 500)) == '["' * 500


@given(
    st.sampled_from([np.float32, np.float64]).flatmap(
        lambda kind: arrays.arrays(kind, arrays.array_shapes(min_dims=0, max_dims=5, min_side=0))
    )
)
def test_arrays_come_back_bit_by_bit(array):
    back = parse_array(dump_array(array), array.dtype.type)
    assert back.shape == array.shape
    assert back.tobytes() == array.tobytes()


def test_numpy_reads_the_arrays(tmp_path):
    array = np.arange(12, dtype=np.float32).reshape(3, 4).T
    (tmp_path / "a.npy").write_bytes(dump_array(array))
    np.testing.assert_array_equal(np.load(tmp_path / "a.npy"), array)


def npy(descr="<f4", order="False", shape="(2,)", data=b"\0" * 8):
    header = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + data


def test_the_array_from_which_the_next_cases_depart_is_fine():
    assert parse_array(npy(), np.float32).shape == (2,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        npy(descr="|O"),
        npy(descr="<f8", data=b"\0" * 16),
        npy(order="True"),
        npy(shape="(3,)"),
        npy(shape="(1,)"),
        npy(shape="(-2,)"),
        npy(shape="(99999999999,)"),
        npy(shape="(999999999, 999999999, 999999999)"),
        npy(shape="(" * 5000 + "2"),
        npy(shape="(__import__('os'),)"),
        npy()[:-1],
        npy() + b"\0",
        npy().replace(b"\x01\x00", b"\x02\x00", 1),
        npy()[:8] + b"\xff\xff" + npy()[10:],
    ],
)
def test_an_array_that_nobody_wrote_here_is_refused(content):
    with pytest.raises(FileError, match="one of its arrays"):
        parse_array(content, np.float32)
