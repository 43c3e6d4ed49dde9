"""From a file or a folder of images to the source that reads it."""

from __future__ import annotations

from pathlib import Path

from playground.data.files import find, listed
from playground.data.images.cifar import is_cifar
from playground.data.images.decode import SUFFIXES
from playground.data.images.idx_set import is_idx_name
from playground.data.sources.image_files import ImageFiles
from playground.data.sources.image_folder import ImageFolder
from playground.data.sources.image_source import ImageSource
from playground.errors import DataError
from playground.language import tr

_ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".zip", ".7z", ".rar")


def image_source(path: Path) -> ImageSource:
    """Return the source for a folder of pictures, for one of them, or for files of images.

    A picture stands for the whole folder of classes in which it is.
    """
    place = find(path)
    if place.is_dir():
        files = is_cifar(place) or any(is_idx_name(file) for file in listed(place))
        return ImageFiles(path=path) if files else ImageFolder(path=path)
    if place.suffix.lower() in SUFFIXES:
        return ImageFolder(path=place.absolute().parent.parent)
    if place.name.lower().endswith(_ARCHIVES):
        raise DataError(
            tr("{place} is an archive; unpack it, and choose the folder that comes out.").format(
                place=place
            )
        )
    return ImageFiles(path=path)
