"""Small image files as others write them."""

import gzip
import struct

import numpy as np


def idx_bytes(array):
    """Return a uint8 array in the IDX format."""
    array = np.asarray(array, np.uint8)
    return struct.pack(f">4B{array.ndim}I", 0, 0, 8, array.ndim, *array.shape) + array.tobytes()


def images_and_labels(count, classes=10, size=(4, 5), seed=0):
    """Return random images, every class alike often, mixed; the first pixel is the label."""
    labels = np.random.default_rng(seed).permutation(np.arange(count) % classes).astype(np.uint8)
    images = np.random.default_rng(seed + 1).integers(0, 256, (count, *size), dtype=np.uint8)
    images[:, 0, 0] = labels
    return images, labels


def write_set(folder, name="{part}-{content}-idx{dimensions}-ubyte.gz", parts=None):
    """Write the four files of an MNIST-like set of 200 and 40 images."""
    for part, count in (parts or {"train": 200, "t10k": 40}).items():
        images, labels = images_and_labels(count, seed=count)
        for content, array in (("images", images), ("labels", labels)):
            file = name.format(part=part, content=content, dimensions=array.ndim)
            data = idx_bytes(array)
            (folder / file).write_bytes(gzip.compress(data) if file.endswith(".gz") else data)
    return folder
