"""The geometry that convolution and pooling share: a window sliding over an image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from playground.component import Pair
from playground.errors import ShapeError
from playground.language import tr
from playground.nn.arrays import Array, Shape

Padding = Literal["valid", "same"]


@dataclass(frozen=True)
class Windows:
    """Where a window of ``size`` stops on an image when it moves by ``strides``.

    With a ``dilation`` of ``d`` it looks at every ``d``-th pixel only, and so spans
    ``d * (size - 1) + 1`` of them.

    ``valid`` keeps it inside the image: ``floor((n - span) / stride) + 1`` stops along a side of
    ``n`` pixels. ``same`` pads the image so that there are ``ceil(n / stride)``; of an odd number
    of padding pixels the extra one is at the bottom or the right, as in Keras.
    """

    owner: str
    size: Pair
    strides: Pair
    padding: Padding
    dilation: Pair = (1, 1)

    @property
    def span(self) -> Pair:
        """The height and width of image that the window spans."""
        (height, width), (down, across) = self.size, self.dilation
        return down * (height - 1) + 1, across * (width - 1) + 1

    def output_shape(self, input_shape: Shape) -> Pair:
        """Return the stops as ``(height, width)``; raise ``ShapeError`` if there are none."""
        if len(input_shape) != 3:
            text = tr("{owner} needs images, (height, width, channels). Received: {shape}.")
            raise ShapeError(text.format(owner=self.owner, shape=input_shape))
        if self.padding == "same":
            height, width = (-(-n // s) for n, s in zip(input_shape, self.strides, strict=False))
        else:
            height, width = (
                (n - k) // s + 1
                for n, k, s in zip(input_shape, self.span, self.strides, strict=False)
            )
        if min(height, width) < 1:
            text = tr(
                "{owner}: a {window} window does not fit on a {image} image; make it smaller, "
                'choose padding "same", or remove a pooling layer before it. Received: {shape}.'
            )
            window, image = (f"{one[0]} x {one[1]}" for one in (self.span, input_shape))
            raise ShapeError(
                text.format(owner=self.owner, window=window, image=image, shape=input_shape)
            )
        return height, width

    def margins(self, input_shape: Shape) -> tuple[Pair, Pair]:
        """Return the padding as ``((top, bottom), (left, right))``."""
        top, left = 0, 0
        bottom, right = 0, 0
        if self.padding == "same":
            height, width = self.output_shape(input_shape)
            rows = max((height - 1) * self.strides[0] + self.span[0] - input_shape[0], 0)
            columns = max((width - 1) * self.strides[1] + self.span[1] - input_shape[1], 0)
            top, left = rows // 2, columns // 2
            bottom, right = rows - top, columns - left
        return (top, bottom), (left, right)

    def pad(self, x: Array, value: float = 0.0) -> Array:
        """Return the batch ``(batch, height, width, channels)`` with its margins filled."""
        margins = self.margins(x.shape[1:])
        if margins == ((0, 0), (0, 0)):
            return x
        return np.pad(x, ((0, 0), *margins, (0, 0)), constant_values=value)

    def crop(self, padded: Array, input_shape: Shape) -> Array:
        """Return the part of a padded batch that is the image itself."""
        (top, _), (left, _) = self.margins(input_shape)
        return padded[:, top : top + input_shape[0], left : left + input_shape[1]]

    def offsets(self, padded: Array, stops: Pair) -> Iterator[tuple[Pair, Array]]:
        """Yield, for every pixel ``(i, j)`` of the window, a view of what it sees at all stops.

        Each view is ``(batch, *stops, channels)``; adding to it adds to the padded image.
        """
        (height, width), (down, right) = stops, self.strides
        for i in range(self.size[0]):
            for j in range(self.size[1]):
                top, left = i * self.dilation[0], j * self.dilation[1]
                rows = slice(top, top + (height - 1) * down + 1, down)
                columns = slice(left, left + (width - 1) * right + 1, right)
                yield (i, j), padded[:, rows, columns]
