"""Pictures of the user's: a folder with one folder for each class."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from playground.component import Pair, param
from playground.data.dataset import Dataset
from playground.data.files import find
from playground.data.images.decode import Colour, Fit
from playground.data.images.folder import find_pictures
from playground.data.images.parts import Division, ImageParts, load_parts
from playground.data.images.pictures import PictureFiles, notes_on, shape_for
from playground.data.progress import Progress
from playground.data.sources.image_source import ImageSource
from playground.errors import DataError
from playground.language import tr


@dataclass(frozen=True)
class ImageFolder(ImageSource):
    """A folder with a folder of pictures for each class: PNG, JPEG, BMP, WebP."""

    title: ClassVar[str] = "Image folder"

    path: Path = param(
        Path(),
        doc="The folder with a folder for each class; these may be within folders train, "
        "validation and test.",
    )
    size: Pair = param((32, 32), low=4, high=256, doc="Height and width that pictures are made to.")
    fit: Fit = param(
        "pad",
        doc="How another shape is fitted: pad with the colour of the edges, crop to the middle, "
        "stretch, or leave all as they are if they are of one size.",
    )
    colour: Colour = param("auto", doc="Grey or red, green and blue; auto: colour if there is any.")
    examples: int = param(
        10_000,
        low=10,
        high=1_000_000,
        log=True,
        doc="Training images, the same number of every class. Fewer train faster.",
    )
    validation_split: float = param(
        0.2, low=0.0, high=0.8, doc="Images for validation, as a share of the training images."
    )
    test_split: float = param(
        0.2,
        low=0.0,
        high=0.8,
        doc="Share of the images for the last test, where they have no folder of their own.",
    )

    def images(self, progress: Progress) -> Dataset:
        folder = find(self.path)
        if not folder.is_dir():
            raise DataError(
                tr("{folder} is a file; choose the folder with the folders of classes.").format(
                    folder=folder
                )
            )
        tree = find_pictures(folder, progress)
        every = [file for files in tree.parts["train"].values() for file in files]
        shape = shape_for(every, self.size, self.fit, self.colour)
        parts = [PictureFiles.of(tree, part, shape) for part in ("train", "validation", "test")]
        train = parts[0]
        assert train is not None
        division = Division(self.examples, self.validation_split, self.test_split, self.seed)
        names = dict(enumerate(tree.classes))
        images = ImageParts(train, *parts[1:])
        dataset = load_parts(folder.resolve().name, images, division, progress, names=names)
        return replace(dataset, told=(*tree.notes, *notes_on(parts)))
