"""Project files: the choices, and a run so exactly that it goes on as if it had never stopped."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

import playground
from playground.component import Kind, from_config, parameters, to_config
from playground.data.dataset import Dataset
from playground.data.sources import DataSource
from playground.errors import FileError, PlaygroundError
from playground.files import write_atomically
from playground.language import grouped, tr
from playground.nn.arrays import Weights
from playground.nn.model import ModelWeights, Sequential
from playground.training.archive import (
    LARGEST_FILE,
    dump_array,
    dump_json,
    parse_array,
    parse_json,
    read_archive,
    write_archive,
)
from playground.training.history import SERIES_NAMES, STEP_COLUMNS, Curves
from playground.training.migration import migrated
from playground.training.project import Project
from playground.training.state import RunState
from playground.training.traces import CAPACITY, REMEMBERED, Traces

EXTENSION = ".nnproj"
FORMAT = "neural-playground project"
VERSION = 3
_READABLE = (1, 2, 3)
_NAMES = re.compile(
    r"project\.json|state\.json"
    r"|(weights|best|slots/[a-z0-9_]{1,64})/[a-z0-9_]{1,64}(/[a-z0-9_]{1,64}){1,24}\.npy"
    r"|history/[a-z_]{1,64}\.npy|history/validation_metrics/[a-z0-9_]{1,64}\.npy"
)
_TRACES = "history/traces.npy"
_METRICS = "history/validation_metrics/"
_SLOT = re.compile(r"[a-z0-9_]{1,64}")
_COUNTERS = ("step", "epoch", "position", "memory_steps", "best_epoch")
_MOST_SLOTS = 16
_MOST_STEPS = 2**53  # so that an epoch is still an exact number
Entries = dict[str, bytes]


@dataclass(frozen=True, eq=False)
class Saved:
    """What a project file holds."""

    project: Project
    state: RunState | None
    """The run; None if the file holds the choices only."""


def is_project(path: Path) -> bool:
    """Return whether the name is a project file's, or that of its previous version."""
    return path.name.lower().endswith((EXTENSION, f"{EXTENSION}~"))


def save_project(
    path: Path, project: Project, state: RunState | None, *, keep_previous: bool = True
) -> None:
    """Write a project file, atomically, and keep the one before as ``<name>~`` unless told not to.

    A zip, stored: ``project.json`` are the choices; ``weights/<layer>/<weight>.npy`` and
    ``slots/<slot>/<layer>/<weight>.npy`` (the optimizer's memory) are float32;
    ``history/<series>.npy`` and ``history/validation_metrics/<metric>.npy`` are the curves;
    ``state.json`` counts step, epoch and position. With the project's seed these counters are the
    whole state of the random generators; it also says which optimizer gathered the slots in how
    many steps, and whose the rows of ``history/traces.npy`` are, below its row of epochs. Raises
    ``FileError``.
    """
    entries = _encode(project, state)
    if sum(map(len, entries.values())) > LARGEST_FILE - 2**20:
        raise FileError(
            tr("{name} would be larger than 2 GB; make the network smaller.").format(name=path.name)
        )
    write_atomically(path, write_archive(entries), keep_previous=keep_previous)


def load_project(path: Path) -> Saved:
    """Read a project file; raise ``FileError`` if it is not one, whoever made it.

    A data file that is not where the project says may lie beside the project instead.
    """
    try:
        saved = _decode(read_archive(path, _NAMES))
    except (PlaygroundError, OSError) as error:
        raise FileError(
            tr("{name} cannot be opened: {error}").format(name=path.name, error=error) + _mend(path)
        ) from error
    project = dataclasses.replace(
        saved.project, source=_with_files_beside(saved.project.source, path.resolve().parent)
    )
    return Saved(project, saved.state)


def fitting_state(saved: Saved, dataset: Dataset) -> RunState | None:
    """Return the saved run, if it is one of this network on data of this shape.

    Raises ``FileError`` if not: a file may say anything, and its data may have changed since.
    """
    state, model = saved.state, saved.project.model
    if state is None:
        return None
    expected = model.build(dataset.input_shape, np.random.default_rng(0))
    if state.position >= max(len(dataset.train), 1):
        raise FileError(
            tr(
                "The run stopped after {position} examples of a pass, but the data now has {0} to "
                "train on. Start the project's training anew."
            ).format(grouped(len(dataset.train)), position=grouped(state.position))
        )
    return dataclasses.replace(
        state,
        weights=_like(expected, state.weights, model, tr("weights")),
        best=_like(expected, state.best, model, tr("best weights")) if state.best else None,
        slots={
            name: _like(expected, slot, model, tr("{name} memory").format(name=name))
            for name, slot in state.slots.items()
        },
    )


def _like(expected: ModelWeights, read: ModelWeights, model: Sequential, what: str) -> ModelWeights:
    """Return what was read, in the network's own order, if the shapes are the network's."""
    for layer, ours, theirs in zip(model.names(), expected, read, strict=True):
        wanted = {name: array.shape for name, array in ours.items()}
        found = {name: array.shape for name, array in theirs.items()}
        if wanted != found:
            raise FileError(
                tr(
                    "The saved {what} of layer {layer} do not fit its inputs: the data or the "
                    "file has changed. Wanted: {wanted}. Received: {found}. Start its training "
                    "anew."
                ).format(what=what, layer=layer, wanted=wanted, found=found)
            )
    return tuple(
        {name: theirs[name] for name in ours} for ours, theirs in zip(expected, read, strict=True)
    )


def _encode(project: Project, state: RunState | None) -> Entries:
    about = {"format": FORMAT, "version": VERSION, "made_by": playground.__version__}
    entries = {"project.json": dump_json({**about, "project": to_config(project)})}
    if state is not None:
        counters = {name: getattr(state, name) for name in _COUNTERS}
        about = {
            "slots": list(state.slots),
            "optimizer": state.optimizer,
            "watched_since": state.watched_since,
            "stride": state.curves.stride,
        }
        if state.curves.traces.answers:
            about |= {"followed": list(state.curves.traces.answers)}
            about |= {"trace_stride": state.curves.traces.stride}
            entries[_TRACES] = dump_array(_trace_table(state.curves.traces))
        entries["state.json"] = dump_json({**counters, **about})
        entries |= _encode_weights("weights", project.model, state.weights)
        if state.best:
            entries |= _encode_weights("best", project.model, state.best)
        for name, slot in state.slots.items():
            entries |= _encode_weights(f"slots/{name}", project.model, slot)
        for name in SERIES_NAMES:
            entries[f"history/{name}.npy"] = dump_array(getattr(state.curves, name))
        entries["history/pending.npy"] = dump_array(state.curves.pending)
        entries["history/sums.npy"] = dump_array(np.array(state.sums))
        for key, values in state.curves.validation_metrics.items():
            entries[f"{_METRICS}{key}.npy"] = dump_array(values)
    return entries


def _encode_weights(folder: str, model: Sequential, weights: ModelWeights) -> Entries:
    by_path = model.by_path(weights)
    return {f"{folder}/{path}.npy": dump_array(array) for path, array in by_path.items()}


def _decode(entries: Entries) -> Saved:
    """Return what the entries mean; takes out what it has understood, and wants none left."""
    project = _decode_project(entries)
    state = _decode_state(entries, project) if "state.json" in entries else None
    if entries:
        raise FileError(tr("its part {0} belongs to no layer.").format(min(entries)))
    return Saved(project, state)


def _decode_project(entries: Entries) -> Project:
    about = _json_object(entries, "project.json")
    if about.get("format") != FORMAT:
        raise FileError(tr("it is not a project of the playground."))
    version = about.get("version")
    if version not in _READABLE:
        raise FileError(
            tr(
                "it has format {version!r} and this playground, {playground_version}, reads "
                "formats 1 to {0}. Install the newest version."
            ).format(VERSION, version=version, playground_version=playground.__version__)
        )
    return from_config(Project, migrated(about.get("project"), version))


def _decode_state(entries: Entries, project: Project) -> RunState:
    model, about = project.model, _json_object(entries, "state.json")
    if "memory_steps" not in about:
        _complete_format_1(entries, about, type(project.optimizer).__name__)
    for name in _COUNTERS:
        count = about.get(name)
        if type(count) is not int or not 0 <= count < _MOST_STEPS:
            raise FileError(
                tr("its {name} is not a count. Received: {count!r}.").format(name=name, count=count)
            )
    slots = about.get("slots")
    if not isinstance(slots, list) or not all(_SLOT.fullmatch(str(name)) for name in slots):
        raise FileError(
            tr("its slots are not a list of names. Received: {0}.").format(str(slots)[:80])
        )
    if len(slots) > _MOST_SLOTS:
        raise FileError(tr("it has {0} slots, more than any optimizer.").format(len(slots)))
    return RunState(
        weights=_decode_weights(entries, "weights", model),
        slots={str(name): _decode_weights(entries, f"slots/{name}", model) for name in slots},
        optimizer=str(about.get("optimizer")),
        sums=_decode_sums(entries),
        watched_since=_decode_since(about),
        best=_decode_weights(entries, "best", model) if about["best_epoch"] else None,
        curves=_decode_curves(entries, about),
        **{name: about[name] for name in _COUNTERS},
    )


def _decode_weights(entries: Entries, folder: str, model: Sequential) -> ModelWeights:
    layers: dict[str, Weights] = {layer: {} for layer in model.names()}
    for name in [name for name in entries if name.startswith(f"{folder}/")]:
        layer, weight = name.removeprefix(f"{folder}/").removesuffix(".npy").split("/", 1)
        if layer in layers:
            layers[layer][weight] = parse_array(entries.pop(name), np.float32)
    return tuple(layers.values())


def _complete_format_1(entries: Entries, about: dict[str, Any], optimizer: str) -> None:
    """Add what format 1 did not have."""
    about |= {"optimizer": optimizer, "memory_steps": about.get("step"), "best_epoch": 0}
    about |= {"watched_since": None, "stride": 1}
    loss, epochs = entries.get("history/loss.npy"), about.get("epoch")
    steps = parse_array(loss, np.float64).size if loss else 0
    passes = max(0, min(epochs, steps)) if isinstance(epochs, int) else 0
    for name, count in (("rate", steps), ("accepted", steps)):
        entries[f"history/{name}.npy"] = dump_array(np.full(count, np.nan))
    for name, count in (("mean_loss", passes), ("mean_metric", passes)):
        entries[f"history/{name}.npy"] = dump_array(np.full(count, np.nan))
    entries["history/pending.npy"] = dump_array(Curves().pending)
    entries["history/sums.npy"] = dump_array(np.zeros(2))


def _decode_sums(entries: Entries) -> tuple[float, float]:
    sums = _series(entries, "history/sums.npy")
    if len(sums) != 2:
        raise FileError(tr("its sums are not those of loss and metric."))
    return float(sums[0]), float(sums[1])


def _decode_since(about: dict[str, Any]) -> int | None:
    since = about.get("watched_since")
    if since is not None and (type(since) is not int or not 0 <= since <= about["epoch"]):
        raise FileError(
            tr("its watched_since is not an epoch. Received: {since!r}.").format(since=since)
        )
    return since


def _decode_stride(entries: Entries, about: dict[str, Any]) -> tuple[int, NDArray[np.float64]]:
    """Return how many steps an entry of the curves stands for, and those that are no entry yet."""
    stride = about.get("stride")
    pending = parse_array(_entry(entries, "history/pending.npy"), np.float64)
    if type(stride) is not int or stride < 1 or stride.bit_count() > 1:
        raise FileError(
            tr("its stride is not a power of two. Received: {stride!r}.").format(stride=stride)
        )
    if pending.ndim != 2 or pending.shape[1] != len(STEP_COLUMNS) or len(pending) >= stride:
        raise FileError(tr("its last steps are not as the playground writes them."))
    return stride, pending


def _decode_curves(entries: Entries, about: dict[str, Any]) -> Curves:
    stride, pending = _decode_stride(entries, about)
    series: dict[str, Any] = {
        name: _series(entries, f"history/{name}.npy") for name in SERIES_NAMES
    }
    metrics = [name for name in entries if name.startswith(_METRICS)]
    others = {
        name.removeprefix(_METRICS).removesuffix(".npy"): _series(entries, name) for name in metrics
    }
    curves = Curves(
        **series,
        validation_metrics=others,
        stride=stride,
        pending=pending,
        traces=_decode_traces(entries, about) if _TRACES in entries else Traces(),
    )
    entries_wanted = range((about["step"] - len(pending)) // stride)
    if not _same_length(*(series[name] for name in STEP_COLUMNS), entries_wanted):
        raise FileError(tr("its curves do not have one number a step."))
    if not _same_length(curves.mean_loss, curves.mean_metric, range(about["epoch"])):
        raise FileError(tr("its curves do not have one number an epoch."))
    measured = (curves.validation_loss, curves.validation_metric, *others.values())
    if not _same_length(curves.validation_epoch, *measured):
        raise FileError(tr("its validation curves are not equally long."))
    return curves


def _trace_table(traces: Traces) -> NDArray[np.float64]:
    """Return the epochs, and below them the answers to each example."""
    return np.array([traces.epoch, *traces.answers.values()])


def _decode_traces(entries: Entries, about: dict[str, Any]) -> Traces:
    numbers, stride = about.get("followed"), about.get("trace_stride")
    table = parse_array(_entry(entries, _TRACES), np.float64)
    if not isinstance(numbers, list) or not all(type(n) is int and n >= 0 for n in numbers):
        raise FileError(tr("its followed examples are not a list of their numbers."))
    if len(set(numbers)) != len(numbers) or len(numbers) > REMEMBERED:
        raise FileError(
            tr("its followed examples are not at most {remembered} different ones.").format(
                remembered=REMEMBERED
            )
        )
    if type(stride) is not int or stride < 1 or stride.bit_count() > 1:
        raise FileError(
            tr("its trace_stride is not a power of two. Received: {stride!r}.").format(
                stride=stride
            )
        )
    if table.ndim != 2 or len(table) != len(numbers) + 1 or table.shape[1] > CAPACITY:
        raise FileError(tr("its traces are not one row for each followed example."))
    epoch, *answers = table
    if not (np.diff(epoch) > 0).all() or not all(0 <= e <= about["epoch"] for e in epoch.tolist()):
        raise FileError(tr("its traces do not follow its epochs."))
    return Traces(epoch, dict(zip(numbers, answers, strict=True)), stride)


def _series(entries: Entries, name: str) -> NDArray[np.float64]:
    values = parse_array(_entry(entries, name), np.float64)
    if values.ndim != 1:
        raise FileError(tr("one of its curves is not a row of numbers."))
    return values


def _same_length(*series: Any) -> bool:
    return len({len(values) for values in series}) == 1


def _json_object(entries: Entries, name: str) -> dict[str, Any]:
    value = parse_json(_entry(entries, name))
    if not isinstance(value, dict):
        raise FileError(tr("its part {name} does not hold named values.").format(name=name))
    return value


def _entry(entries: Entries, name: str) -> bytes:
    if name not in entries:
        raise FileError(tr("its part {name} is missing.").format(name=name))
    return entries.pop(name)


def _mend(path: Path) -> str:
    previous = path.with_name(f"{path.name}~")
    if not previous.exists():
        return ""
    return " " + tr("The version before it is still there: {name}.").format(name=previous.name)


def _with_files_beside(source: DataSource, folder: Path) -> DataSource:
    moved: dict[str, Any] = dict(_files_beside(source, folder))
    return dataclasses.replace(source, **moved)


def _files_beside(source: DataSource, folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the source's missing files that lie in the folder, as ``(field, new path)``."""
    for parameter in parameters(type(source)):
        if parameter.kind is Kind.PATH:
            path: Path = getattr(source, parameter.name)
            name = PureWindowsPath(path).name  # of a path written on any system
            beside = folder / name
            if name and not path.exists() and beside.exists():
                yield parameter.name, beside
