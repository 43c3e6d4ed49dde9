"""The sets of images in the box: MNIST's digits, Fashion-MNIST, and digits of 8 x 8 pixels."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from playground.component import param
from playground.data.dataset import Dataset
from playground.data.files import find
from playground.data.images.idx_set import idx_set
from playground.data.images.parts import Division, load_parts
from playground.data.progress import Progress
from playground.data.sources.image_source import ImageSource

_ALL = 10**9


@dataclass(frozen=True)
class BoxedImages(ImageSource, abstract=True):
    """A set in the IDX format among the app's own resources."""

    folder: ClassVar[str]
    names: ClassVar[Mapping[int, str] | None] = None
    white: ClassVar[int] = 255
    """The value of the brightest pixel."""

    def images(self, progress: Progress) -> Dataset:
        parts = idx_set(find(Path("datasets", self.folder)), white=self.white)
        return load_parts(
            self.title, parts, self.division(), progress, names=self.names, white=self.white
        )

    @abstractmethod
    def division(self) -> Division:
        """Return how the images are divided."""


@dataclass(frozen=True)
class MnistDigits(BoxedImages):
    """The MNIST database of handwritten digits (LeCun, Cortes): 28 x 28 pixels, ten classes."""

    title: ClassVar[str] = "MNIST digits"
    folder: ClassVar[str] = "mnist"

    examples: int = param(
        10_000,
        low=100,
        high=60_000,
        log=True,
        doc="Training images, the same number of every class. Fewer train faster.",
    )

    def division(self) -> Division:
        return Division(self.examples, self.validation_split, 0.0, self.seed)


@dataclass(frozen=True)
class FashionMnist(BoxedImages):
    """Ten kinds of clothing from Fashion-MNIST (Xiao and others, 2017): 28 x 28 grey pixels."""

    title: ClassVar[str] = "Fashion-MNIST"
    folder: ClassVar[str] = "fashion_mnist"
    names: ClassVar[Mapping[int, str]] = dict(
        enumerate(
            (
                "T-shirt/top",
                "Trouser",
                "Pullover",
                "Dress",
                "Coat",
                "Sandal",
                "Shirt",
                "Sneaker",
                "Bag",
                "Ankle boot",
            )
        )
    )

    examples: int = param(
        10_000,
        low=100,
        high=10_000,
        log=True,
        doc="Training images, the same number of every class. Fewer train faster.",
    )

    def division(self) -> Division:
        return Division(self.examples, self.validation_split, 0.0, self.seed)


@dataclass(frozen=True)
class SmallDigits(BoxedImages):
    """1,797 handwritten digits of 8 x 8 pixels (Alpaydin, Kaynak), as scikit-learn has them."""

    title: ClassVar[str] = "Digits 8 x 8"
    folder: ClassVar[str] = "digits_8x8"
    white: ClassVar[int] = 16

    test_split: float = param(0.2, low=0.0, high=0.8, doc="Share of the images for the last test.")

    def division(self) -> Division:
        return Division(_ALL, self.validation_split, self.test_split, self.seed)
