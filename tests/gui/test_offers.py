"""What is said of files before they are opened."""

import gzip

import pytest

from playground.data.sources.drawn import DrawnPoints
from playground.gui.offers import Kind, offer_for, offer_for_link, offer_for_text
from playground.training.project import Project
from playground.training.storage import save_project

STORY = "The cat sleeps on the sofa. A dog eats the fish. Birds sing in the tree. " * 3
IMAGES = b"\0\0\x08\x03" + b"\0\0\0\2" + b"\0\0\0\4" * 2 + bytes(32)
LABELS = b"\0\0\x08\x01" + b"\0\0\0\2" + bytes(2)
PNG = b"\x89PNG\r\n\x1a\n"


def written(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("flowers.csv", "a,b\n1,2\n", Kind.TABLE),
        ("flowers.tsv", "a\tb\n1\t2\n", Kind.TABLE),
        ("flowers.txt", "a;b\n1;2\n", Kind.TABLE),
        ("flowers.dat", "a;b\n1;2\n", Kind.TABLE),
        ("story.txt", STORY, Kind.TEXT),
        ("story.txt", "\ufeff" + STORY, Kind.TEXT),
        ("utf-16.txt", STORY.encode("utf-16"), Kind.TEXT),
        ("Dante", STORY, Kind.TEXT),
        ("train-images-idx3-ubyte", IMAGES, Kind.IMAGES),
        ("mine.idx", IMAGES, Kind.IMAGES),
        ("mine.idx.gz", gzip.compress(IMAGES), Kind.IMAGES),
        ("mine.npz", b"PK\3\4", Kind.IMAGES),
        ("data_batch_1.bin", bytes(3073), Kind.IMAGES),
    ],
)
def test_a_file_is_offered_as_what_it_is(tmp_path, name, content, kind):
    path = written(tmp_path, name, content)
    assert (offer_for([path]).kind, offer_for([path]).path) == (kind, path)


def test_a_project_is_offered_as_one_and_a_damaged_one_is_not(tmp_path):
    path = tmp_path / "mine.nnproj"
    save_project(path, Project(source=DrawnPoints()), None)
    assert offer_for([path]).kind is Kind.PROJECT
    path.write_bytes(b"something else")
    assert "damaged" in offer_for([path]).detail


@pytest.mark.parametrize(
    ("name", "content", "what_to_do"),
    [
        ("marks.xlsx", "PK", "Save the sheet as CSV"),
        ("thesis.docx", "PK", "plain text"),
        ("clip.mp4", "....", "PNG or JPEG"),
        ("mnist.zip", "PK", "Unpack it"),
        ("model.keras", "PK", "save the project"),
        ("program.exe", b"MZ\0\0\xff\xfe", "no table, text, set of images or project"),
        ("nothing.csv", "", "empty"),
        ("cat.png", PNG, "folder of pictures for each class"),
        ("only-labels.idx", LABELS, "together with the file of their images"),
    ],
)
def test_what_cannot_be_opened_says_why_and_what_to_do(tmp_path, name, content, what_to_do):
    offer = offer_for([written(tmp_path / "here" / "within", name, content)])
    assert offer.kind is Kind.NOTHING
    assert offer.detail.startswith(f"{name}: ")
    assert what_to_do in offer.detail


def test_what_is_not_there_says_so(tmp_path):
    assert "not there" in offer_for([tmp_path / "gone.csv"]).detail
    assert offer_for([]).kind is Kind.NOTHING


def test_a_folder_with_a_folder_for_each_class_is_images(tmp_path):
    written(tmp_path / "pets", "cat/1.png", PNG)
    assert "no folder of pictures for each class" in offer_for([tmp_path / "pets"]).detail.lower()
    picture = written(tmp_path / "pets", "dog/1.png", PNG)
    assert offer_for([tmp_path / "pets"]).kind is Kind.IMAGES
    assert "All pictures in pets" in offer_for([picture]).detail


def test_a_folder_with_parts_is_images(tmp_path):
    for name in ("train/cat/1.png", "train/dog/2.png", "test/cat/3.png"):
        written(tmp_path, name, PNG)
    assert offer_for([tmp_path]).kind is Kind.IMAGES


def test_the_files_of_a_set_are_opened_together(tmp_path):
    names = ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte")
    paths = [written(tmp_path, name, IMAGES) for name in names]
    assert (offer_for(paths).path, offer_for(paths).detail) == (paths[0], names[0])


@pytest.mark.parametrize("turned", [False, True])
def test_images_and_labels_of_any_name_belong_together(tmp_path, turned):
    images, labels = written(tmp_path, "a.idx", IMAGES), written(tmp_path, "b.idx", LABELS)
    offer = offer_for([labels, images] if turned else [images, labels])
    assert (offer.kind, offer.path, offer.labels) == (Kind.IMAGES, images, labels)


def test_labels_alone_find_their_images(tmp_path):
    images = written(tmp_path, "my-images.idx", IMAGES)
    labels = written(tmp_path, "my-labels.idx", LABELS)
    offer = offer_for([labels])
    assert (offer.path, offer.labels) == (images, labels)


def test_of_several_things_the_first_that_can_be_opened_is_and_that_is_said(tmp_path):
    paths = [
        written(tmp_path, "thesis.docx", "PK"),
        written(tmp_path, "flowers.csv", "a,b\n1,2\n"),
        written(tmp_path, "story.txt", STORY),
    ]
    offer = offer_for(paths)
    assert (offer.kind, offer.path) == (Kind.TABLE, paths[1])
    assert offer.detail == "flowers.csv, and none of the others: one thing is opened at a time"


def test_a_text_from_elsewhere_is_learnt_if_it_is_one():
    assert offer_for_text(STORY).kind is Kind.TEXT
    assert offer_for_text(STORY).text == STORY
    assert offer_for_text("two words") is None
    assert "CSV" in offer_for_text("a\tb\n" + "12345\t67890\n" * 20).detail


def test_a_link_and_a_picture_from_a_browser_say_what_to_do():
    assert "download the file" in offer_for_link(picture=False).detail
    assert "its class" in offer_for_link(picture=True).detail
