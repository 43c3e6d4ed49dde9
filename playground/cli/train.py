"""``playground train``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from playground.cli.metrics import Figures, figures, write_metrics
from playground.cli.opening import open_project
from playground.cli.training import INTERRUPTED, metric_text, train
from playground.data.dataset import Dataset
from playground.data.sources.csv_file import CsvFile
from playground.errors import FileError, PlaygroundError
from playground.exporters import exporter_for
from playground.nn.model import parameter_count
from playground.training.snapshot import Status
from playground.training.storage import EXTENSION, is_project, save_project
from playground.training.trainer import Trainer


def run(options: Namespace) -> int:
    """Train, write what was asked for, and return the exit code."""
    _check_outputs(options)
    opened = open_project(options)
    trainer = Trainer(opened.project, opened.dataset, opened.state)
    if opened.restarted:
        print("The network, its data or its seed was changed, so the training starts anew.")
    introduce(trainer)
    outcome = train(trainer)
    result = figures(trainer, outcome)
    print(test_line(trainer, result))
    _write(options, trainer, result)
    if outcome.error:
        raise PlaygroundError(outcome.error)
    if outcome.interrupted:
        print(f"Stopped after {trainer.step:,} steps.")
        return INTERRUPTED
    return 0


def _check_outputs(options: Namespace) -> None:
    """Find out now, not after an hour of training, that a file cannot be written."""
    for path in options.export:
        exporter_for(path)
    if options.save and not is_project(options.save):
        raise FileError(f"A project file's name ends with {EXTENSION}. Received: {options.save}.")
    for path in (*options.export, options.save, options.metrics):
        if path and not path.absolute().parent.is_dir():
            raise FileError(f"There is no folder {path.parent}; make it first.")


def introduce(trainer: Trainer) -> None:
    """Say what is about to be trained."""
    dataset, project = trainer.dataset, trainer.project
    optimizer = project.optimizer
    for note in dataset.notes:
        print(note)
    weights = sum(parameter_count(own) for own in trainer.state().weights)
    print(
        f"{project.title}: {len(dataset.train):,} examples to train, "
        f"{len(dataset.validation):,} to validate, {len(dataset.test):,} to test; "
        f"{weights:,} parameters; {type(optimizer).__name__}, "
        f"{optimizer.rate_name.replace('_', ' ')} {optimizer.rate:g}"
    )
    if isinstance(project.source, CsvFile):
        print(f"Predicts {', '.join(dataset.targets)}: {_answer(dataset)}")
    if dataset.language is not None and dataset.language.bigram is not None:
        print(f"Perplexity to beat, by counting pairs: {dataset.language.bigram:.2f}")
    if trainer.status is Status.FINISHED:
        print(f"All its {trainer.epoch} epochs are done; --epochs asks for more.")
    elif trainer.step:
        print(f"Going on after {trainer.step:,} steps.")


def _answer(dataset: Dataset) -> str:
    if dataset.is_classification:
        return f"{len(dataset.classes)} classes"
    return "a number" if len(dataset.targets) == 1 else f"{len(dataset.targets)} numbers"


def test_line(trainer: Trainer, result: Figures) -> str:
    """Return what is printed at the end."""
    if not result["test_examples"]:
        return "There are no test examples."
    loss, measured = trainer.evaluate(trainer.dataset.test)
    words = (metric_text(metric, value) for metric, value in measured.items())
    return "  ".join([f"test loss {loss:.4f}", *words])


def _write(options: Namespace, trainer: Trainer, result: Figures) -> None:
    for path in options.export:
        exporter_for(path).export(path, trainer.snapshot())
        print(f"Weights written to {path}")
    if not options.save and options.project and is_project(Path(options.project)):
        print(f"Not saved; --save {options.project} keeps what it has learnt.")
    if options.save:
        save_project(options.save, trainer.project, trainer.state())
        print(f"Project written to {options.save}")
    if options.metrics:
        write_metrics(options.metrics, result)
        print(f"Figures written to {options.metrics}")
