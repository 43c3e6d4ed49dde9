"""The formats that are attacked: sound files of each, and how the app loads one."""

import gzip
import io
import re
import struct
import zipfile
from dataclasses import dataclass
from itertools import product

import numpy as np

from playground.data.sources.csv_file import CsvFile
from playground.data.sources.image_files import ImageFiles
from tests.data.files import idx_bytes, images_and_labels
from tests.fuzz.mutation import mutated

_SIZES = [struct.pack(">I", n) for n in (0, 1, 5, 255, 2**16, 2**31 - 1, 2**31, 2**32 - 1)]
_ROWS = (
    "length,kind,island,when,n\n"
    + "".join(f"{i / 7:.2f},{'ab'[i % 2]},x {i % 3},2024-0{i % 9 + 1}-01,{i}\n" for i in range(40)),
    'città;prezzo;"note, e altro"\n'
    + "".join(f'Forlì;"1.234,{i % 90 + 10}";"a ""b""\nc {i}"\n' for i in range(30)),
    "5.1\t3.5\tsetosa\n4.9\t?\tvirginica\n" * 20,
    "a|b|c\r\n" + "1|NA|'x|y'\r\n2||'z'\r\n" * 15,
    "  x    y  z\n" + " 1.0  -2  3\n10.5   4  0\n" * 12,
    "code,y\r" + "".join(f"00{i},{i % 2 == 0}\r" for i in range(30)),
)
_CSV = [
    text.encode(encoding)
    for text, encoding in product(_ROWS, ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-be"))
]
_CSV_TOKENS = [
    *(b'"', b'""', b"'", b",", b";", b"\t", b"|", b" ", b"\n", b"\r", b"\r\n", b"\0", b"\n\n"),
    *(b"NA", b"inf", b"-inf", b"nan", b"1e999", b"9" * 400, b"1e-400", b"-", b"1.234.567,8"),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3", b"\x81", b"\xe2\x80\xa8", b"\x1c", b"\x0b", b"\xff"),
    *(b"x" * 5000, b"," * 3000, b"\n" * 3000, b'"' * 3000, b"1,2\n" * 500, b"2024-13-45", b"="),
    *(b"a\n", b"length", b"True", b"0x10", b"1_000", "١٢".encode(), b"PK\x03\x04", b"\x1f\x8b"),
]


def _with_odd_cells(rng):
    """Return a sound table in which some cells are something else."""
    text = _ROWS[rng.integers(len(_ROWS))]
    parts = re.split("([,;|\t\n])", text)
    for _ in range(rng.integers(1, 6)):
        odd = _CSV_TOKENS[rng.integers(len(_CSV_TOKENS))].decode("utf-8", "replace")
        parts[2 * rng.integers((len(parts) + 1) // 2)] = odd
    return "".join(parts).encode(["utf-8", "cp1252", "utf-16"][rng.integers(3)], "replace")


@dataclass(frozen=True)
class Csv:
    """Tables, read with the options as they are, or with some chosen at random."""

    name: str = "csv"

    def write(self, folder, rng):
        data = _with_odd_cells(rng) if rng.random() < 0.4 else mutated(_CSV, _CSV_TOKENS, rng)
        (folder / "t.csv").write_bytes(data)
        return len(data)

    def load(self, folder, rng):
        choices = {
            "encoding": ("auto", "auto", "utf-8", "utf-16", "cp1252", "gb18030", "shift_jis"),
            "delimiter": ("auto", "auto", "comma", "tab", "space", "bar", ":"),
            "quote": ("auto", "auto", "double", "single", "none"),
            "decimal": ("auto", "auto", "point", "comma"),
            "header": ("auto", "auto", "yes", "no"),
            "most_rows": (0, 0, 10),
            "task": ("auto", "auto", "classification", "regression"),
        }
        settings = {}
        if rng.random() < 0.3:
            settings = {name: some[rng.integers(len(some))] for name, some in choices.items()}
        return CsvFile(path=folder / "t.csv", **settings).load()


@dataclass(frozen=True)
class Idx:
    """Images and labels; one of the two files is attacked, packed before or after it."""

    name: str = "idx"
    packed: bool = False

    def write(self, folder, rng):
        images, labels = images_and_labels(40, classes=4, size=(6, 5))
        files = {
            "train-images-idx3-ubyte": idx_bytes(images),
            "train-labels-idx1-ubyte": idx_bytes(labels),
        }
        tokens = [*_SIZES, b"\0\0\x08\x03", b"\0\0\x08\x01", b"\0\0\x0d\x03", b"\0\0\x08\x04"]
        victim = list(files)[rng.integers(2)]
        after = self.packed and rng.random() < 0.5
        if after:
            files = {name: gzip.compress(data) for name, data in files.items()}
            tokens = [b"\x1f\x8b\x08", b"\x1f\x8b\x08\x1f", *_SIZES, gzip.compress(bytes(10**6))]
        files[victim] = mutated(list(files.values()), tokens, rng)
        if self.packed and not after:
            files = {name: gzip.compress(data) for name, data in files.items()}
        for name, data in files.items():
            (folder / (name + ".gz" if self.packed else name)).write_bytes(data)
        return sum(map(len, files.values()))

    def load(self, folder, _rng):
        return ImageFiles(path=folder, examples=20).load()


@dataclass(frozen=True)
class Npz:
    """Archives like Keras's mnist.npz; the archive is attacked, or an array within it."""

    name: str = "npz"

    def write(self, folder, rng):
        images, labels = images_and_labels(40, classes=4, size=(6, 5))
        arrays = {"x_train": images, "y_train": labels, "x_test": images[:9], "y_test": labels[:9]}
        if rng.random() < 0.5:
            seeds = [_zipped(_npy(arrays), method) for method in (0, zipfile.ZIP_DEFLATED)]
            sizes = [n[::-1] for n in _SIZES]
            tokens = [*sizes, b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"x_train.npy", b"\x08"]
            data = mutated(seeds, tokens, rng)
        else:
            entries = _npy(arrays)
            victim = list(entries)[rng.integers(4)]
            entries[victim] = mutated(list(entries.values()), _NPY_TOKENS, rng)
            data = _zipped(entries, rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
        (folder / "mnist.npz").write_bytes(data)
        return len(data)

    def load(self, folder, _rng):
        return ImageFiles(path=folder / "mnist.npz", examples=20).load()


_NPY_TOKENS = [
    *(b"\x93NUMPY\x01\0", b"\x93NUMPY\x02\0", b"'|O'", b"'<f8'", b"'|V9999'", b"'<U99999'"),
    *(b"(99999999999,)", b"(40, 6, 5)", b"(-1,)", b"(0,)", b"(((((", b"True", b"'descr'", b"{}"),
    *(b"(2147483647, 2147483647, 2147483647)", b"\xff\xff", b"[1]*10**9", b"\0"),
]


def _npy(arrays):
    entries = {}
    for name, array in arrays.items():
        file = io.BytesIO()
        np.save(file, array)
        entries[f"{name}.npy"] = file.getvalue()
    return entries


def _zipped(entries, method):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", int(method)) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return file.getvalue()


TARGETS = {target.name: target for target in (Csv(), Idx(), Idx("idx.gz", packed=True), Npz())}
