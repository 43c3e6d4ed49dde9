import gzip

import pytest

from playground.data.tables.decoding import scan, scan_beginning
from playground.errors import DataError

TEXT = "nome;città\nAnna;Forlì\nUgo;L'Aquila\n"


@pytest.fixture
def file(tmp_path):
    def file(data):
        (tmp_path / "t.csv").write_bytes(data)
        return tmp_path / "t.csv"

    return file


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_shows(file, written, found):
    assert scan(file(TEXT.encode(written))).encoding == found
    assert scan_beginning(file(TEXT.encode(written))).encoding == found


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "cp1252", "latin-1", "cp1250", "cp850", "mac_roman", "gb18030"]
)
def test_any_encoding_can_be_chosen(file, encoding):
    text = "a,b\nß,1\n" if encoding == "cp1250" else "a,b\nè,1\n"
    assert text.encode(scan(file(text.encode(encoding)), encoding).encoding)


@pytest.mark.parametrize(
    ("data", "chosen", "words"),
    [
        ("città\nForlì".encode("cp1252"), "utf-8", "line 1, character 5: the byte 0xE0"),
        (b"a,b\r\n1,2\r\n3,\x81\r\n", "cp1252", "line 3, character 3: the byte 0x81"),
        (b"\xef\xbb\xbfa,b\n1,\xe0\n", "auto", "line 2, character 3: the byte 0xE0"),
        ("a,b\n1,ab".encode("utf-16")[:-1], "auto", "line 2, character 4: the byte 0x62"),
        (b"a,b\n" + b"1,2\n" * 300_000 + b"\xff\n", "utf-8", "line 300,?002, character 1: the"),
    ],
)
def test_a_byte_that_does_not_fit_has_its_place(file, data, chosen, words):
    with pytest.raises(DataError, match=f"t.csv, {words}.*choose another encoding"):
        scan(file(data), chosen)


@pytest.mark.parametrize("cut", [(1 << 20) - 1, 1 << 20])
def test_a_letter_that_the_pieces_cut_in_two_is_whole(file, cut):
    data = b"a" * cut + "é".encode() + b"\n" * (1 << 20)
    assert scan(file(data), "utf-8").encoding == "utf-8"


def test_a_letter_of_which_the_rest_is_no_letter_has_its_place(file):
    data = b"a,b\n".ljust((1 << 20) - 1, b"\n") + b"\xc3" + b"\n" * (1 << 20)
    with pytest.raises(DataError, match="the byte 0xC3 has no meaning"):
        scan(file(data), "utf-8")


def test_a_zero_byte_has_its_place(file):
    with pytest.raises(DataError, match=r"t\.csv, line 3, character 4: there is a NUL byte"):
        scan(file(b"a,b\n1,2\nxyz\0,4\n" + b"5,6\n" * 10))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (gzip.compress(b"a,b\n1,2\n"), "a packed file; unpack it"),
        (b"PK\x03\x04\x14\0", "a packed file or a spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a spreadsheet"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\0\0\x08\x03\0\0\0\x10", "not a text file"),
        (bytes(range(256)) * 8, "not a text file"),
        (b"PAR1\x15\x04", "not a text file"),
    ],
)
def test_what_is_no_text(file, data, words):
    with pytest.raises(DataError, match=f"t.csv is {words}"):
        scan(file(data))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_at_least(file, line_end):
    assert scan(file(line_end.join("abc").encode())).lines == 3
