"""From what the user named to a project, its run and its data."""

from __future__ import annotations

import dataclasses
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from playground.cli.progress import ProgressBar
from playground.cli.settings import with_settings
from playground.data.dataset import Dataset
from playground.data.opening import image_source
from playground.data.sources import DataSource
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.text import TextFile
from playground.errors import ConfigError
from playground.language import tr, tr_declared
from playground.training.presets import load_preset, preset_names
from playground.training.project import Project
from playground.training.shelf import key_of
from playground.training.state import RunState
from playground.training.storage import Saved, fitting_state, is_project, load_project
from playground.training.templates import project_for

_OPTIONS = {".csv": "--csv", ".tsv": "--csv", ".txt": "--text", ".npz": "--images"}
"""What opens a file of data, by how its name ends."""


@dataclass(frozen=True, eq=False)
class Opened:
    """A project ready to train."""

    project: Project
    dataset: Dataset
    state: RunState | None
    """The saved run to go on with."""
    restarted: bool = False
    """Whether a saved run was left out because the network, its data or its seed was changed."""


def open_named(name: str) -> Saved:
    """Return a preset, or a project file with its run."""
    if is_project(Path(name)):
        return load_project(Path(name))
    option = _OPTIONS.get(Path(name).suffix.lower(), "--images" if Path(name).is_dir() else "")
    if option:
        raise ConfigError(
            tr("{name} is no project; data is trained on with train {option} {name}.").format(
                name=name, option=option
            )
        )
    return Saved(load_preset(name), None)


def open_project(options: Namespace) -> Opened:
    """Return what ``train`` was asked to train, with the changes that were asked for."""
    _check_one(options)
    if options.csv:
        table = CsvFile(path=options.csv.absolute(), targets=tuple(options.targets))
        return _open_source(table, options)
    if options.images:
        return _open_source(image_source(options.images.absolute()), options)
    if options.text:
        return _open_source(TextFile(path=options.text.absolute()), options)
    saved = open_named(options.project)
    project = _changed(saved.project, options.settings, options)
    dataset = load(project.source)
    same_run = _is_same_run(saved.project, project, dataset)
    state = fitting_state(saved, dataset) if same_run else None
    return Opened(project, dataset, state, restarted=saved.state is not None and not same_run)


def _check_one(options: Namespace) -> None:
    """Raise ``ConfigError`` unless exactly one thing to train was named."""
    named = {
        "--csv": options.csv,
        "--images": options.images,
        "--text": options.text,
        "PROJECT": options.project,
    }
    given = [name for name, value in named.items() if value]
    if len(given) > 1:
        text = tr("Give one of {0} only. Received: {1}.")
        raise ConfigError(text.format(", ".join(named), ", ".join(given)))
    if options.targets and not options.csv:
        raise ConfigError(tr("--target names a column of --csv FILE; give that, too."))
    if not given:
        text = tr(
            "Name what to train: a .nnproj file, --csv FILE, --images PATH, --text FILE, or one "
            "of {0}."
        )
        raise ConfigError(text.format(", ".join(preset_names())))


def _is_same_run(saved: Project, project: Project, dataset: Dataset) -> bool:
    """Return whether the changes leave the weights what they are."""
    if saved.source != project.source:
        return False
    return saved.model == project.model or key_of(saved, dataset) == key_of(project, dataset)


def _open_source(source: DataSource, options: Namespace) -> Opened:
    """Return a project made for the data, whose own settings are needed to load it."""
    for_data = [setting for setting in options.settings if setting.startswith("source.")]
    for_rest = [setting for setting in options.settings if not setting.startswith("source.")]
    source = with_settings(Project(source=source), for_data).source
    dataset = load(source)
    return Opened(_changed(project_for(source, dataset), for_rest, options), dataset, None)


def _changed(project: Project, settings: list[str], options: Namespace) -> Project:
    project = with_settings(project, settings)
    for name in ("epochs", "seed"):
        value = getattr(options, name)
        if value is not None:
            project = dataclasses.replace(project, **{name: value})
    return project


def load(source: DataSource) -> Dataset:
    """Load the data, with a progress bar."""
    with ProgressBar() as bar:
        return source.load(
            lambda share: bar.show(
                share, tr("Loading {title}").format(title=tr_declared(source.title))
            )
        )
