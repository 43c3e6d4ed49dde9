"""What opens, saves and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.gui.commands.command import Command, Menu
from playground.gui.commands.needs import Needs
from playground.language import tr

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow


def file_menu(window: MainWindow) -> Menu:
    """Return the File menu."""
    opening = (*_opening(window), *own_data(window))
    return Menu("file", tr("&File"), (*opening, None, *_saving(window), None, _quit(window)))


def _opening(window: MainWindow) -> tuple[Command, ...]:
    return (
        Command(
            "file.start",
            tr("Start page"),
            window.show_welcome,
            tr("Choose something to learn; training goes on meanwhile."),
            "Ctrl+N",
            icon="home-outline",
            synonyms=tr("welcome new home gallery"),
        ),
        Command(
            "file.samples",
            tr("Samples..."),
            window.deeds.open_sample,
            tr("Open one of the data sets in the box."),
            "Ctrl+Shift+O",
            icon="shape-outline",
            synonyms=tr("examples presets"),
        ),
        Command(
            "file.open",
            tr("Open project..."),
            window.deeds.open_project,
            tr("Go on with a saved project."),
            "Ctrl+O",
            icon="folder-open-outline",
            synonyms=tr("load file"),
        ),
    )


def own_data(window: MainWindow) -> tuple[Command, ...]:
    """Return what opens data of the user's own."""
    table = Command(
        "file.csv",
        tr("Open CSV..."),
        window.deeds.open_csv,
        tr("Open a table of your own."),
        "Ctrl+T",
        icon="table-large",
        synonyms=tr("table spreadsheet"),
    )
    return (table, *_images(window), *_texts(window))


def _images(window: MainWindow) -> tuple[Command, ...]:
    return (
        Command(
            "file.images",
            tr("Open images..."),
            window.deeds.open_images,
            tr("Open a set of images by one of its files."),
            "Ctrl+M",
            icon="image-outline",
            synonyms=tr("pictures photos MNIST IDX"),
        ),
        Command(
            "file.folder",
            tr("Open image folder..."),
            window.deeds.open_image_folder,
            tr("Open a folder with a folder of images for each class."),
            "Ctrl+Shift+M",
            icon="folder-image",
            synonyms=tr("pictures photos"),
        ),
    )


def _texts(window: MainWindow) -> tuple[Command, ...]:
    return (
        Command(
            "file.text",
            tr("Open text..."),
            window.deeds.open_text,
            tr("Open a text, whose next words are to be predicted."),
            "Ctrl+Shift+T",
            icon="text-box-outline",
            synonyms=tr("words sentences"),
        ),
        Command(
            "file.paste",
            tr("Paste text..."),
            window.deeds.paste_text,
            tr("Learn the text on the clipboard."),
            "Ctrl+Shift+V",
            icon="clipboard-text-outline",
            synonyms=tr("words sentences"),
        ),
    )


def _saving(window: MainWindow) -> tuple[Command, ...]:
    needs = Needs(window.session)
    return (
        Command(
            "file.save",
            tr("Save project"),
            window.deeds.save,
            tr("Save the project with its trained weights."),
            "Ctrl+S",
            icon="content-save-outline",
            lack=needs.project,
        ),
        Command(
            "file.save_as",
            tr("Save project as..."),
            window.deeds.save_as,
            tr("Save the project under another name."),
            "Ctrl+Shift+S",
            icon="content-save-edit-outline",
            lack=needs.project,
        ),
        Command(
            "file.export",
            tr("Export weights..."),
            window.deeds.export,
            tr("Write the weights for Keras, PyTorch, ONNX and others."),
            "Ctrl+E",
            icon="export",
            lack=needs.project,
            synonyms=tr("download keras onnx safetensors numpy json"),
        ),
    )


def _quit(window: MainWindow) -> Command:
    return Command(
        "file.quit",
        tr("Quit"),
        window.close,
        tr("Close the window; it asks about work that is not saved."),
        "Ctrl+Q",
        icon="exit-to-app",
        synonyms=tr("exit close end"),
    )
