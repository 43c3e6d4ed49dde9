"""Make the sets of images in ``resources/datasets`` from what their makers give away.

    python3 packaging/datasets.py fashion FOLDER   the four files of Fashion-MNIST
    python3 packaging/datasets.py digits FILE      scikit-learn's digits as CSV: 64 pixels, target

Debian's package dataset-fashion-mnist has that FOLDER. The same input gives the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

DATASETS = Path(__file__).resolve().parents[1] / "resources" / "datasets"
OF_EACH_CLASS = {"train": 1000, "t10k": 200}
"""Images that are taken from the two parts of Fashion-MNIST, of the 6,000 and 1,000 there are."""
SIDE = 8


def main() -> None:
    """Make one set."""
    match sys.argv[1:]:
        case ["fashion", folder]:
            make_fashion(Path(folder), DATASETS / "fashion_mnist")
        case ["digits", file]:
            make_digits(Path(file), DATASETS / "digits_8x8")
        case _:
            sys.exit(__doc__)


def make_fashion(source: Path, target: Path) -> None:
    """Write the first images of each class, in the order in which they come."""
    for part, most in OF_EACH_CLASS.items():
        labels = gzip.decompress((source / f"{part}-labels-idx1-ubyte.gz").read_bytes())[8:]
        data = gzip.decompress((source / f"{part}-images-idx3-ubyte.gz").read_bytes())
        height, width = struct.unpack(">2I", data[8:16])
        pixels, size = data[16:], height * width
        taken = dict.fromkeys(range(10), 0)
        rows = []
        for row, label in enumerate(labels):
            if taken[label] < most:
                taken[label] += 1
                rows.append(row)
        images = b"".join(pixels[row * size : (row + 1) * size] for row in rows)
        write_idx(target / f"{part}-images-idx3-ubyte.gz", (len(rows), height, width), images)
        write_idx(
            target / f"{part}-labels-idx1-ubyte.gz", (len(rows),), bytes(labels[r] for r in rows)
        )


def make_digits(source: Path, target: Path) -> None:
    """Write all images, with pixels from 0 to 16 as they are."""
    with source.open(encoding="utf-8", newline="") as file:
        rows = [[int(cell) for cell in row] for row in list(csv.reader(file))[1:]]
    images = b"".join(bytes(row[:-1]) for row in rows)
    write_idx(target / "train-images-idx3-ubyte.gz", (len(rows), SIDE, SIDE), images)
    write_idx(target / "train-labels-idx1-ubyte.gz", (len(rows),), bytes(row[-1] for row in rows))


def write_idx(path: Path, shape: Sequence[int], values: bytes) -> None:
    """Write bytes as a gzipped IDX file, without the time and the name that gzip would add."""
    path.parent.mkdir(parents=True, exist_ok=True)
    header = struct.pack(f">4B{len(shape)}I", 0, 0, 8, len(shape), *shape)
    path.write_bytes(gzip.compress(header + values, compresslevel=9, mtime=0))


if __name__ == "__main__":
    main()
