"""The questions that the window asks."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from playground.data.sources import DataSource
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.image_files import ImageFiles
from playground.data.sources.text import PastedText, TextFile
from playground.errors import PlaygroundError
from playground.exporters import Exporter
from playground.gui.csv_import.dialog import CsvDialog
from playground.gui.data.text_dialog import TextDialog
from playground.gui.start.samples_dialog import SamplesDialog
from playground.language import tr, tr_declared


class Answer(Enum):
    """What to do with work that is not saved."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


def show_error(parent: QWidget, message: str) -> None:
    """Say what went wrong; the message says what to do."""
    box = QMessageBox(QMessageBox.Icon.Warning, tr("That did not work"), message, parent=parent)
    box.exec()


def show_about(parent: QWidget) -> None:
    """Say what this is, of what it is made, and under which licences."""
    from playground.gui.about.dialog import AboutDialog  # the start needs it not

    AboutDialog(parent).exec()


def ask_unsaved(parent: QWidget) -> Answer:
    """Ask before training or edits are lost."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(tr("Save the project?"))
    box.setText(tr("Save the project before it is closed?"))
    box.setInformativeText(tr("Its edits and trained weights are lost otherwise."))
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    answers = {buttons.Save.value: Answer.SAVE, buttons.Discard.value: Answer.DISCARD}
    return answers.get(box.exec(), Answer.CANCEL)


def ask_project_to_open(parent: QWidget) -> Path | None:
    """Ask for a project file."""
    return _path(
        QFileDialog.getOpenFileName(parent, tr("Open project"), "", tr("Projects (*.nnproj)"))
    )


def ask_project_to_save(parent: QWidget, title: str) -> Path | None:
    """Ask for the name of a project file."""
    name = QFileDialog.getSaveFileName(
        parent, tr("Save project"), _file_name(title, ".nnproj"), tr("Projects (*.nnproj)")
    )
    path = _path(name)
    return path.with_suffix(".nnproj") if path and not path.suffix else path


def ask_export(parent: QWidget, title: str) -> Path | None:
    """Ask for the name and the format of a weights file."""
    formats = {
        f"{tr_declared(cls.title)} (*{cls.extension})": cls for cls in Exporter.registry.values()
    }
    first = next(iter(formats.values()))
    name, chosen = QFileDialog.getSaveFileName(
        parent, tr("Export weights"), _file_name(title, first.extension), ";;".join(formats)
    )
    path = _path((name, chosen))
    return (
        path.with_name(path.name + formats[chosen].extension)
        if path and not path.suffix
        else (path)
    )


def ask_sample(parent: QWidget) -> str:
    """Show the data in the box; return the name of the preset that learns the chosen one."""
    dialog = SamplesDialog(parent)
    return dialog.preset if dialog.exec() else ""


def ask_csv(parent: QWidget) -> Path | None:
    """Ask for a table."""
    kinds = tr("Tables (*.csv *.tsv *.txt);;All files (*)")
    return _path(QFileDialog.getOpenFileName(parent, tr("Open CSV"), "", kinds))


def ask_csv_source(parent: QWidget, start: Path | CsvFile) -> CsvFile | None:
    """Show a table, with what was chosen before if there was, and ask what becomes of it."""
    dialog = CsvDialog(start, parent)
    return dialog.source() if dialog.exec() else None


def ask_text(parent: QWidget) -> Path | None:
    """Ask for a text file."""
    kinds = tr("Texts (*.txt);;All files (*)")
    return _path(QFileDialog.getOpenFileName(parent, tr("Open text"), "", kinds))


def ask_text_source(parent: QWidget, source: TextFile | PastedText) -> DataSource | None:
    """Show a text, and ask what to predict of it."""
    dialog = TextDialog(source, parent)
    return dialog.source() if dialog.exec() else None


def ask_images(parent: QWidget) -> Path | None:
    """Ask for one of the files of a set of images; the others lie beside it."""
    kinds = ";;".join(
        (
            tr("Images (*ubyte* *.idx* *.gz *.npz *.bin *.png *.jpg *.jpeg *.bmp *.webp)"),
            tr("All files (*)"),
        )
    )
    title = tr("Open images: any file of MNIST or its kin, or a picture in a folder of its class")
    return _path(QFileDialog.getOpenFileName(parent, title, "", kinds))


def ask_image_folder(parent: QWidget) -> Path | None:
    """Ask for a folder of images."""
    title = tr("Open images: the folder with a folder for each class, or with the files of a set")
    chosen = QFileDialog.getExistingDirectory(parent, title)
    return Path(chosen) if chosen else None


def ask_labels(parent: QWidget, source: ImageFiles) -> ImageFiles | None:
    """Ask for the labels of images where neither names nor numbers say which file has them."""
    try:
        known = source.finds_labels()
    except PlaygroundError as error:
        show_error(parent, str(error))
        return None
    if known:
        return source
    title = tr("The labels that belong to {0}").format(source.path.name)
    folder = str(source.path.absolute().parent)
    labels = _path(QFileDialog.getOpenFileName(parent, title, folder, tr("All files (*)")))
    return replace(source, labels=labels) if labels else None


def _path(answer: tuple[str, str]) -> Path | None:
    return Path(answer[0]) if answer[0] else None


def _file_name(title: str, extension: str) -> str:
    words = re.sub(r"[^\w-]+", "-", tr_declared(title)).strip("-").lower()
    return (words or "network") + extension
