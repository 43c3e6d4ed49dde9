"""Draw the app's icon and the small marks of the style sheet into ``resources/icons``.

Run by hand after a change of the colours: ``PYTHONPATH=. python packaging/icon.py``. The pictures
are part of the source tree, so that nothing has to be drawn to run or to package the app.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtSvg import QSvgRenderer

from playground.gui.look.tokens import DARK, LIGHT, Tokens

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
WINDOWS_SIZES = (16, 24, 32, 48, 64, 256)
APPLE_TYPES = {"icp4": 16, "icp5": 32, "icp6": 64, "ic07": 128, "ic08": 256, "ic09": 512}
"""What an ``.icns`` calls a PNG of each size."""
LAYERS = (
    ((15, 22), (15, 42)),
    ((32, 13), (32, 32), (32, 51)),
    ((49, 32),),
)
STRONG = {((15, 42), (32, 32)): DARK.neg, ((32, 32), (49, 32)): DARK.pos}
"""The edges drawn as heavy weights, one of each sign."""

MARKS = {
    "chevron-down": ("M4 6.5 8 10.5 12 6.5", "muted"),
    "chevron-up": ("M4 9.5 8 5.5 12 9.5", "muted"),
    "chevron-right": ("M6.5 4 10.5 8 6.5 12", "muted"),
    "check": ("M3.5 8.5 6.5 11.5 12.5 5", "on_accent"),
    "tick": ("M3.5 8.5 6.5 11.5 12.5 5", "accent"),
    "close": ("M4 4 12 12 M12 4 4 12", "muted"),
    "float": ("M3.5 6.5 H9.5 V12.5 H3.5 Z M6.5 6.5 V3.5 H12.5 V9.5 H9.5", "muted"),
}
"""One path each on a 16 x 16 field, and the token of its colour."""


def app_icon(*, small: bool) -> str:
    """Return the icon as SVG; ``small`` has fewer, heavier lines for 16 to 32 pixels."""
    pairs = [
        (start, end) for before, after in pairwise(LAYERS) for start in before for end in after
    ]
    pairs.sort(key=lambda pair: pair in STRONG)  # the heavy ones on top
    edges = [_line(start, end, STRONG.get((start, end)), small=small) for start, end in pairs]
    radius = 6.5 if small else 5.5
    neurons = [
        f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{colour}"/>'
        for colour, layer in zip((DARK.text, DARK.accent, DARK.text), LAYERS, strict=True)
        for x, y in layer
    ]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect x="2" y="2" width="60" height="60" rx="14" fill="{DARK.surface}"/>'
        '<g fill="none" stroke-linecap="round">'
        + "".join(edges)
        + "</g>"
        + "".join(neurons)
        + "</svg>\n"
    )


def _line(start: tuple[int, int], end: tuple[int, int], heavy: str | None, *, small: bool) -> str:
    (x0, y0), (x1, y1) = start, end
    middle = (x0 + x1) / 2
    width = (5 if small else 4) if heavy else (2.5 if small else 1.5)
    return (
        f'<path d="M{x0} {y0} C{middle} {y0} {middle} {y1} {x1} {y1}" '
        f'stroke="{heavy or DARK.border}" stroke-width="{width}"/>'
    )


def mark(path: str, colour: str) -> str:
    """Return one small mark as SVG."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">'
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6" '
        'stroke-linecap="round" stroke-linejoin="round"/></svg>\n'
    )


def draw(svg: str, size: int) -> QImage:
    """Return an SVG drawn as a square picture."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def png(size: int) -> bytes:
    """Return the icon of a size as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(draw(app_icon(small=size <= 32), size))
    return bytes(buffer.data().data())


def windows_icon(pictures: Mapping[int, bytes]) -> bytes:
    """Return an ``.ico`` of PNGs: a directory with an entry of 16 bytes for each, then they."""
    directory, files = struct.pack("<3H", 0, 1, len(pictures)), b""
    start = len(directory) + 16 * len(pictures)
    for size, data in pictures.items():
        side = size % 256  # 0 stands for 256
        place = (len(data), start + len(files))
        directory += struct.pack("<4B2H2I", side, side, 0, 0, 1, 32, *place)
        files += data
    return directory + files


def apple_icon(pictures: Mapping[str, bytes]) -> bytes:
    """Return an ``.icns`` of PNGs, each behind its type and length."""
    blocks = [
        kind.encode() + struct.pack(">I", len(data) + 8) + data for kind, data in pictures.items()
    ]
    body = b"".join(blocks)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def write_marks(tokens: Tokens) -> None:
    """Write the marks in the colours of one scheme."""
    mode = "dark" if tokens.dark else "light"
    for name, (path, token) in MARKS.items():
        svg = mark(path, getattr(tokens, token))
        (ICONS / f"{name}-{mode}.svg").write_text(svg, encoding="utf-8")


def main() -> None:
    """Write every picture."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    ICONS.mkdir(parents=True, exist_ok=True)
    (ICONS / "app.svg").write_text(app_icon(small=False), encoding="utf-8")
    for size in SIZES:
        (ICONS / f"app-{size}.png").write_bytes(png(size))
    windows = {size: png(size) for size in WINDOWS_SIZES}
    (ICONS / "app.ico").write_bytes(windows_icon(windows))
    apple = {kind: png(size) for kind, size in APPLE_TYPES.items()}
    (ICONS / "app.icns").write_bytes(apple_icon(apple))
    for tokens in (LIGHT, DARK):
        write_marks(tokens)
    app.quit()


if __name__ == "__main__":
    main()
