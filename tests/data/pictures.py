"""Pictures as others write them."""

import numpy as np


def solid(path, value=128, size=(12, 10), mode="L", **options):
    """Write a picture of one colour; ``size`` is height and width."""
    from PIL import Image  # half of those who import this write no picture

    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size[::-1], value).save(path, **options)
    return path


def write_classes(folder, classes=("cat", "dog"), count=6, size=(12, 10), mode="L"):
    """Write a folder for each class, whose pictures are darker than those of the next."""
    for number, name in enumerate(classes):
        for i in range(count):
            value = 40 + 60 * number + i
            colour = value if mode == "L" else (value, 0, 255 - value)
            solid(folder / name / f"{i}.png", colour, size, mode)
    return folder


def gradient(size=(12, 10)):
    """Return a grey picture that grows brighter from left to right, ``(height, width)``."""
    return np.tile(np.linspace(0, 255, size[1]).round().astype(np.uint8), (size[0], 1))
