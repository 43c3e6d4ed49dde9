"""Images of the user's in the formats in which sets of images are given away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from playground.component import param
from playground.data.dataset import Dataset
from playground.data.files import find
from playground.data.idx import open_idx
from playground.data.images.cifar import cifar_set, is_cifar
from playground.data.images.idx_set import (
    idx_files,
    idx_pair,
    idx_set,
    is_idx_name,
    is_turned,
    label_names,
    labels_beside,
)
from playground.data.images.npz_set import open_npz_set
from playground.data.images.parts import Division, ImageParts, load_parts
from playground.data.progress import Progress
from playground.data.sources.image_source import ImageSource
from playground.errors import DataError


@dataclass(frozen=True)
class ImageFiles(ImageSource):
    """Files of images: IDX as MNIST and EMNIST, gzipped or not; npz; CIFAR-10's binary version."""

    title: ClassVar[str] = "Image files"

    path: Path = param(
        Path(),
        doc="A folder with the files of one set, one of these files, a file of images in the IDX "
        "format, or an npz archive.",
    )
    labels: Path = param(
        Path(),
        advanced=True,
        doc="The file of labels, for IDX files whose names do not say what belongs together.",
    )
    transposed: Literal["auto", "no", "yes"] = param(
        "auto",
        advanced=True,
        doc="Whether the images are stored column by column: EMNIST's are, and auto knows it.",
    )
    examples: int = param(
        10_000,
        low=10,
        high=1_000_000,
        log=True,
        doc="Training images, the same number of every class. Fewer train faster.",
    )
    test_split: float = param(
        0.2,
        low=0.0,
        high=0.8,
        doc="Share of the images for the last test, where there are no files for it.",
    )

    def images(self, progress: Progress) -> Dataset:
        path = find(self.path)
        division = Division(self.examples, self.validation_split, self.test_split, self.seed)
        if path.suffix.lower() == ".npz":
            with open_npz_set(path) as parts:
                return load_parts(path.name, parts, division, progress)
        folder = (path if path.is_dir() else path.parent).resolve().name
        if is_cifar(path):
            parts, classes = cifar_set(path)
            return load_parts(folder, parts, division, progress, names=classes)
        images, parts = self._idx(path)
        names = label_names(images, parts.train.labels)
        title = folder if path.is_dir() or is_idx_name(path) else path.stem
        return load_parts(title, parts, division, progress, names=names)

    def finds_labels(self) -> bool:
        """Return whether the labels are known: by the names of files, their numbers, or chosen.

        Raises ``DataError`` if the path is no file of images at all.
        """
        path = find(self.path)
        if self.labels != Path() or path.is_dir() or is_idx_name(path) or is_cifar(path):
            return True
        if path.suffix.lower() == ".npz":
            return True
        with open_idx(path, 3):
            pass
        try:
            labels_beside(path)
        except DataError:
            return False
        return True

    def _idx(self, path: Path) -> tuple[Path, ImageParts]:
        """Return the file of the training images, and the set."""
        if path.is_dir() or (is_idx_name(path) and self.labels == Path()):
            images, _labels = idx_files(path)[0]
            return images, idx_set(path, turned=self._turned(images))
        labels = labels_beside(path) if self.labels == Path() else find(self.labels)
        return path, ImageParts(idx_pair(path, labels, turned=self._turned(path)))

    def _turned(self, images: Path) -> bool:
        return is_turned(images) if self.transposed == "auto" else self.transposed == "yes"
