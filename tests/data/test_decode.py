"""Pictures of every kind become plain arrays; what is no picture is named."""

import struct
import zlib
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from playground.data.images.decode import Shape, decode, look
from playground.errors import DataError
from tests.data.pictures import gradient, solid

GREY = Shape((12, 10), "as_is", coloured=False)
COLOUR = Shape((12, 10), "as_is", coloured=True)


def message(path, shape=GREY):
    with pytest.raises(DataError) as caught:
        decode(path, shape)
    return str(caught.value)


@pytest.mark.parametrize("suffix", ["png", "bmp", "webp"])
def test_lossless_formats_keep_every_pixel(tmp_path, suffix):
    path = tmp_path / f"a.{suffix}"
    options = {"lossless": True} if suffix == "webp" else {}
    Image.fromarray(gradient()).save(path, **options)
    assert np.array_equal(decode(path, GREY), gradient())


def test_jpeg_keeps_them_nearly(tmp_path):
    path = tmp_path / "a.jpg"
    Image.fromarray(gradient()).save(path, quality=95)
    assert np.abs(decode(path, GREY).astype(int) - gradient()).max() < 8


def test_the_contents_count_and_not_the_name(tmp_path):
    Image.fromarray(gradient()).save(tmp_path / "a.jpg", format="PNG")
    assert np.array_equal(decode(tmp_path / "a.jpg", GREY), gradient())


@pytest.mark.parametrize(
    ("mode", "value", "expected"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 77, (77, 77, 77)),
        ("LA", (77, 255), (77, 77, 77)),
        ("LA", (77, 0), (255, 255, 255)),
        ("RGB", (10, 200, 30), (10, 200, 30)),
        ("RGBA", (10, 200, 30, 255), (10, 200, 30)),
        ("RGBA", (10, 200, 30, 0), (255, 255, 255)),
        ("P", 3, None),
    ],
)
def test_every_kind_of_pixel_becomes_red_green_and_blue(tmp_path, mode, value, expected):
    path = solid(tmp_path / "a.png", value, mode=mode)
    if expected is None:
        with Image.open(path) as picture:
            expected = picture.convert("RGB").getpixel((0, 0))
    assert decode(path, COLOUR)[5, 5].tolist() == list(expected)


def test_half_transparent_pixels_mix_with_white(tmp_path):
    path = solid(tmp_path / "a.png", (0, 0, 0, 128), mode="RGBA")
    assert decode(path, GREY)[0, 0] == pytest.approx(127, abs=1)


def test_a_transparent_colour_of_a_palette_becomes_white(tmp_path):
    picture = Image.new("P", (10, 12), 0)
    picture.putpalette([0, 0, 0, 255, 0, 0])
    picture.save(tmp_path / "a.png", transparency=0)
    assert decode(tmp_path / "a.png", GREY).min() == 255


def test_sixteen_bits_are_scaled_and_not_cut_off(tmp_path):
    values = (gradient().astype(np.uint16) * 257).astype(np.uint16)
    Image.fromarray(values).save(tmp_path / "a.png")
    assert np.array_equal(decode(tmp_path / "a.png", GREY), gradient())


def test_cmyk_becomes_red_green_and_blue(tmp_path):
    path = solid(tmp_path / "a.jpg", (0, 255, 255, 0), mode="CMYK", quality=95)
    red, green, blue = decode(path, COLOUR)[5, 5].tolist()
    assert red > 200
    assert max(green, blue) < 60


def test_a_picture_is_turned_as_its_camera_says(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees, clockwise
    Image.fromarray(gradient()).save(tmp_path / "a.png", exif=exif)
    picture = decode(tmp_path / "a.png", GREY)
    assert picture.shape == (10, 12)
    assert picture[0].max() == 0  # what was at the left is at the top
    assert look(tmp_path / "a.png") == ((10, 12), False)


def test_of_a_moving_picture_it_is_the_first(tmp_path):
    frames = [Image.new("RGB", (10, 12), colour) for colour in ("red", "blue")]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], lossless=True)
    assert decode(tmp_path / "a.webp", COLOUR)[0, 0].tolist() == [255, 0, 0]


@pytest.mark.parametrize(
    ("mode", "value", "coloured"), [("L", 7, False), ("RGB", (1, 2, 3), True), ("P", 3, False)]
)
def test_colours_are_seen_without_reading_the_pixels(tmp_path, mode, value, coloured):
    picture = Image.new(mode, (10, 12), value)
    if mode == "P":
        picture.putpalette([k // 3 for k in range(768)])
    picture.save(tmp_path / "a.png")
    assert look(tmp_path / "a.png") == ((12, 10), coloured)


# fitting into a size


def test_stretched_pictures_fill_the_size(tmp_path):
    path = tmp_path / "a.png"
    Image.fromarray(gradient((20, 40))).save(path)
    picture = decode(path, Shape((8, 8), "stretch", coloured=False))
    assert picture.shape == (8, 8)
    assert picture[0, 0] < 25
    assert picture[0, -1] > 230


def test_cropped_pictures_keep_their_middle(tmp_path):
    path = tmp_path / "a.png"
    Image.fromarray(gradient((20, 40))).save(path)
    picture = decode(path, Shape((8, 8), "crop", coloured=False))
    assert picture[0].tolist() == pytest.approx(np.linspace(72, 183, 8), abs=4)


def test_padded_pictures_keep_their_shape_on_paper_of_their_own_edges(tmp_path):
    ink = np.full((10, 40), 250, np.uint8)
    ink[3:7, 10:30] = 0
    Image.fromarray(ink).save(tmp_path / "a.png")
    picture = decode(tmp_path / "a.png", Shape((40, 40), "pad", coloured=False))
    assert np.array_equal(picture[15:25], ink)
    assert np.unique(np.delete(picture, np.s_[15:25], axis=0)).tolist() == [250]


def test_padding_keeps_colours(tmp_path):
    path = solid(tmp_path / "a.png", (250, 10, 20), (4, 8), "RGB")
    picture = decode(path, Shape((8, 8), "pad", coloured=True))
    assert np.unique(picture.reshape(-1, 3), axis=0).tolist() == [[250, 10, 20]]


# what is no sound picture


@pytest.mark.parametrize("format", ["PNG", "JPEG", "BMP", "WEBP"])
def test_a_picture_cut_off_is_named(tmp_path, format, rng):
    path = tmp_path / "broken.png"
    Image.fromarray(rng.integers(0, 256, (64, 64, 3), np.uint8)).save(path, format=format)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert message(path).startswith(f"{path} is not a sound PNG, JPEG, BMP or WebP picture")


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(50), b"no picture", bytes(2000)])
def test_what_is_no_picture_is_named(tmp_path, data):
    path = tmp_path / "a.png"
    path.write_bytes(data)
    assert "is not a sound PNG" in message(path)


def test_a_picture_that_is_gone_is_named(tmp_path):
    assert "gone.png" in message(tmp_path / "gone.png")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(tmp_path):
    header = chunk(b"IHDR", struct.pack(">2I5B", 60_000, 60_000, 8, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(bytes(10**6))) + chunk(b"IEND", b"")
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + header + body)
    assert "60,000 x 60,000 pixels are too many" in message(tmp_path / "bomb.png")


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a small picture in each format."""
    folder = tmp_path_factory.mktemp("sound")
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 256, (9, 8, 3), np.uint8))
    for name in ("PNG", "JPEG", "BMP", "WEBP"):
        picture.save(folder / name, format=name)
    return folder


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["PNG", "JPEG", "BMP", "WEBP"]), st.data())
def test_a_damaged_picture_is_read_or_named(sound, name, data):
    damaged = bytearray((sound / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    path = sound / "damaged"
    path.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))] or damaged)
    with suppress(DataError):  # and nothing else
        assert decode(path, Shape((8, 8), "pad", coloured=True)).shape == (8, 8, 3)
