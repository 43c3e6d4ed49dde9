"""What is done with files that are dropped, or given to the program: told before it is done.

It looks at names, first bytes and, of folders, at some names within: enough to say what a thing
is, in no time. Whether it is whole is found when it is opened.
"""

from __future__ import annotations

import gzip
import itertools
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from playground.data.images.cifar import is_cifar
from playground.data.images.decode import SUFFIXES
from playground.data.images.idx_set import is_idx_name
from playground.language import mark, tr, tr_declared
from playground.training.storage import is_project


class Kind(Enum):
    """What a thing can be opened as."""

    PROJECT = "project"
    TABLE = "table"
    TEXT = "text"
    IMAGES = "images"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Offer:
    """What will be done, for the person who is about to drop something."""

    kind: Kind
    path: Path = Path()
    labels: Path = Path()
    """The file of labels that was given together with one of images."""
    text: str = ""
    """A text that is no file."""
    detail: str = ""
    """Of what; or, if nothing can be done, why not and what to do instead."""

    @property
    def words(self) -> str:
        """What will be done."""
        return {
            Kind.PROJECT: tr("Open the project"),
            Kind.TABLE: tr("Open as a table"),
            Kind.TEXT: tr("Open as a text"),
            Kind.IMAGES: tr("Open as images"),
            Kind.NOTHING: tr("This cannot be opened"),
        }[self.kind]

    @property
    def icon(self) -> str:
        """An mdi6 name."""
        return {
            Kind.PROJECT: "folder-open-outline",
            Kind.TABLE: "table-large",
            Kind.TEXT: "text-box-outline",
            Kind.IMAGES: "image-multiple-outline",
            Kind.NOTHING: "file-remove-outline",
        }[self.kind]


_LOOKED_AT = 8_000
"""Bytes of a file whose name says nothing."""
_MOST_NAMES = 2_000
"""In a folder and the folders within, before it counts as one without pictures."""
_LEAST_TEXT = 80
"""Letters of a text that is dropped: less is no text to learn."""
_ZIP, _GZIP, _IDX = b"PK\x03\x04", b"\x1f\x8b", b"\x00\x00\x08"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_IMAGES, _LABELS = _IDX + b"\x03", _IDX + b"\x01"
_TABLES, _TEXTS = frozenset({".csv", ".tsv"}), frozenset({".txt", ".text", ".md"})
_AS_CSV = mark("Save the sheet as CSV, and drop that.")
_AS_TEXT = mark("Save it as plain text (.txt), and drop that.")
_AS_PICTURES = mark("Save its pictures as PNG or JPEG, in a folder for each class.")
_UNPACK = mark("Unpack it, and drop the folder that comes out.")
_WEIGHTS = mark("Weights alone are no project: save the project here, and open that.")
_INSTEAD = {
    **dict.fromkeys((".xlsx", ".xls", ".ods", ".numbers", ".parquet", ".sav", ".json"), _AS_CSV),
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pdf", ".epub", ".html", ".htm"), _AS_TEXT),
    **dict.fromkeys((".gif", ".tif", ".tiff", ".heic", ".svg", ".mp4", ".pptx"), _AS_PICTURES),
    **dict.fromkeys((".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z", ".rar"), _UNPACK),
    **dict.fromkeys((".h5", ".keras", ".onnx", ".safetensors", ".pt", ".pth"), _WEIGHTS),
}
"""What to do with what is well known but not read, by the ends of names."""


def offer_for(paths: Sequence[Path]) -> Offer:
    """Return what is done with files and folders that are given at once."""
    offers = [_offer(path) for path in paths]
    good = [offer for offer in offers if offer.kind is not Kind.NOTHING]
    if not good:
        return offers[0] if offers else Offer(Kind.NOTHING, detail=tr("There is no file."))
    if pair := _idx_pair(paths):
        return replace(good[0], path=pair[0], labels=pair[1], detail=_names(pair))
    first = good[0]
    together = {offer.path.parent for offer in good}
    if len(paths) == 1 or (
        len(together) == 1 and all(offer.kind is Kind.IMAGES for offer in good)
    ):  # files of one set, which are read together
        return first
    words = tr("{0}, and none of the others: one thing is opened at a time")
    return replace(first, detail=words.format(first.path.name))


def offer_for_text(text: str) -> Offer | None:
    """Return what is done with a text from another program; None if it is too short for a text."""
    if len(text.strip()) < _LEAST_TEXT:
        return None
    if not is_prose(text):
        return Offer(Kind.NOTHING, detail=tr_declared(_AS_CSV))
    beginning = " ".join(text[:60].split())
    return Offer(Kind.TEXT, text=text, detail=f"\u201c{beginning} \u2026\u201d")


def offer_for_link(*, picture: bool) -> Offer:
    """Return why an address or a picture from a browser is not opened."""
    if picture:
        words = tr("Save the picture into a folder named after its class; then drop the folder.")
    else:
        words = tr("This is an address, not a file: download the file, then drop that.")
    return Offer(Kind.NOTHING, detail=words)


def is_prose(text: str) -> bool:
    """Return whether a text is one rather than a table, as far as its first lines tell."""
    lines = [line for line in text[:10_000].splitlines() if line.strip()][:20]
    counts = ([line.count(sign) for line in lines] for sign in "\t;|,")
    return not any(len(set(count)) == 1 and count[0] for count in counts)


def _offer(path: Path) -> Offer:
    try:
        if path.is_dir():
            return _folder_offer(path)
        size = path.stat().st_size
        head = _head(path)
    except PermissionError:
        return _nothing(path, tr("You may not read it; change its permissions."))
    except OSError:
        words = tr("{0} is not there. Check its name, and whether its disk is connected.")
        return Offer(Kind.NOTHING, path, detail=words.format(path))
    if not size:
        return _nothing(path, tr("It is empty."))
    return _file_offer(path, head)


def _head(path: Path) -> bytes:
    """Return the first bytes of a file, unpacked if it is an image file that is packed."""
    if not path.is_file():  # a pipe would be waited for
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT)
    if head.startswith(_GZIP):
        try:
            with gzip.open(path) as file:
                return file.read(4) or head
        except (OSError, EOFError):
            pass  # whatever else it is, its name tells
    return head


def _file_offer(path: Path, head: bytes) -> Offer:
    suffix = path.suffix.lower()
    if is_project(path):
        if head.startswith(_ZIP):
            return Offer(Kind.PROJECT, path, detail=path.name)
        return _nothing(path, tr("It is no project of the playground, or it is damaged."))
    if suffix in SUFFIXES:
        return _picture_offer(path)
    if head.startswith(_LABELS) and not is_idx_name(path):
        return _labels_offer(path)
    if suffix == ".npz" or is_idx_name(path) or head.startswith(_IDX) or is_cifar(path):
        return Offer(Kind.IMAGES, path, detail=path.name)
    if suffix in _INSTEAD:
        return _nothing(path, tr_declared(_INSTEAD[suffix]))
    return _text_offer(path, head)


def _text_offer(path: Path, head: bytes) -> Offer:
    """Offer a table or a text, if it is called so or reads as one."""
    suffix = path.suffix.lower()
    if suffix in _TABLES:
        return Offer(Kind.TABLE, path, detail=path.name)
    text = head.decode("utf-16" if head[:2] in _UTF_16 else "utf-8", "replace")
    if suffix in _TEXTS or ("\0" not in text and "\ufffd" not in text[:-4]):
        return Offer(Kind.TEXT if is_prose(text) else Kind.TABLE, path, detail=path.name)
    return _nothing(path, tr("It is no table, text, set of images or project."))


def _picture_offer(path: Path) -> Offer:
    """Offer the whole folder of classes that a picture is in, if it is in one."""
    folder = path.absolute().parent.parent
    if len(set(_classes(folder))) > 1:
        words = tr("All pictures in {0}, a class in each of its folders")
        return Offer(Kind.IMAGES, path, detail=words.format(folder.name))
    words = tr("One picture is no data: drop a folder with a folder of pictures for each class.")
    return _nothing(path, words)


def _labels_offer(path: Path) -> Offer:
    """Offer the images that a file of labels belongs to, if they lie beside it."""
    for ours, theirs in (("labels", "images"), ("label", "image"), ("idx1", "idx3")):
        images = path.with_name(path.name.replace(ours, theirs))
        if images != path and images.is_file():
            return Offer(Kind.IMAGES, images, path, detail=_names((images, path)))
    return _nothing(path, tr("These are labels: drop them together with the file of their images."))


def _folder_offer(folder: Path) -> Offer:
    names = sorted(file.name for file in itertools.islice(folder.iterdir(), _MOST_NAMES))
    classes = set(_classes(folder)) or {
        name for inner in names[:10] for name in _classes(folder / inner)
    }
    if is_cifar(folder) or any(is_idx_name(Path(name)) for name in names) or len(classes) > 1:
        words = tr("All in the folder {0}")
        return Offer(Kind.IMAGES, folder, detail=words.format(folder.name))
    words = tr("There is no folder of pictures for each class in it, nor a set of images.")
    return _nothing(folder, words)


def _classes(folder: Path) -> Iterator[str]:
    """Go through the folders in a folder that begin with pictures."""
    if not folder.is_dir():
        return
    left = _MOST_NAMES
    with os.scandir(folder) as entries:
        for entry in itertools.islice(entries, _MOST_NAMES):
            if not entry.is_dir() or entry.name.startswith("."):
                continue
            with os.scandir(entry.path) as inner:
                for file in itertools.islice(inner, max(left, 0)):
                    left -= 1
                    if Path(file.name).suffix.lower() in SUFFIXES:
                        yield entry.name
                        break


def _idx_pair(paths: Sequence[Path]) -> tuple[Path, Path] | None:
    """Return the file of images and the one of labels, if these are the two in the IDX format."""
    if len(paths) != 2:
        return None
    try:
        found = {_head(path)[:4]: path for path in paths}
    except OSError:
        return None
    return (found[_IMAGES], found[_LABELS]) if found.keys() == {_IMAGES, _LABELS} else None


def _names(paths: Sequence[Path]) -> str:
    return ", ".join(path.name for path in paths)


def _nothing(path: Path, why: str) -> Offer:
    return Offer(Kind.NOTHING, path, detail=f"{path.name}: {why}")
