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
from playground.language import grouped, tr, tr_declared, tr_n
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
        print(tr("The network, its data or its seed was changed, so the training starts anew."))
    introduce(trainer)
    outcome = train(trainer)
    result = figures(trainer, outcome)
    print(test_line(trainer, result))
    _write(options, trainer, result)
    if outcome.error:
        raise PlaygroundError(outcome.error)
    if outcome.interrupted:
        print(tr("Stopped after {step} steps.").format(step=grouped(trainer.step)))
        return INTERRUPTED
    return 0


def _check_outputs(options: Namespace) -> None:
    """Find out now, not after an hour of training, that a file cannot be written."""
    for path in options.export:
        exporter_for(path)
    if options.save and not is_project(options.save):
        raise FileError(
            tr("A project file's name ends with {extension}. Received: {save}.").format(
                extension=EXTENSION, save=options.save
            )
        )
    for path in (*options.export, options.save, options.metrics):
        if path and not path.absolute().parent.is_dir():
            raise FileError(
                tr("There is no folder {parent}; make it first.").format(parent=path.parent)
            )


def introduce(trainer: Trainer) -> None:
    """Say what is about to be trained."""
    dataset = trainer.dataset
    for note in dataset.notes:
        print(note)
    print(_title_line(trainer))
    if isinstance(trainer.project.source, CsvFile):
        text = tr("Predicts {targets}: {what}")
        print(text.format(targets=", ".join(dataset.targets), what=_answer(dataset)))
    if dataset.language is not None and dataset.language.bigram is not None:
        text = tr("Perplexity to beat, by counting pairs: {bigram:.2f}")
        print(text.format(bigram=dataset.language.bigram))
    if trainer.status is Status.FINISHED:
        print(
            tr_n(
                "Its {epochs} epoch is done; --epochs asks for more.",
                "All its {epochs} epochs are done; --epochs asks for more.",
                trainer.epoch,
            ).format(epochs=trainer.epoch)
        )
    elif trainer.step:
        print(tr("Going on after {step} steps.").format(step=grouped(trainer.step)))


def _title_line(trainer: Trainer) -> str:
    dataset, optimizer = trainer.dataset, trainer.project.optimizer
    weights = sum(parameter_count(own) for own in trainer.state().weights)
    return tr(
        "{title}: {train} examples to train, {validation} to validate, {test} to test; "
        "{weights} parameters; {optimizer}, {rate_name} {rate:g}"
    ).format(
        title=tr_declared(trainer.project.title),
        train=grouped(len(dataset.train)),
        validation=grouped(len(dataset.validation)),
        test=grouped(len(dataset.test)),
        weights=grouped(weights),
        optimizer=type(optimizer).__name__,
        rate_name=optimizer.rate_label.lower(),
        rate=optimizer.rate,
    )


def _answer(dataset: Dataset) -> str:
    if dataset.is_classification:
        count = len(dataset.classes)
        return tr_n("{0} class", "{0} classes", count).format(count)
    count = len(dataset.targets)
    return tr_n("a number", "{0} numbers", count).format(count)


def test_line(trainer: Trainer, result: Figures) -> str:
    """Return what is printed at the end."""
    if not result["test_examples"]:
        return tr("There are no test examples.")
    loss, measured = trainer.evaluate(trainer.dataset.test)
    words = (metric_text(metric, value) for metric, value in measured.items())
    return "  ".join([tr("test loss {loss:.4f}").format(loss=loss), *words])


def _write(options: Namespace, trainer: Trainer, result: Figures) -> None:
    for path in options.export:
        exporter_for(path).export(path, trainer.snapshot())
        print(tr("Weights written to {path}").format(path=path))
    if not options.save and options.project and is_project(Path(options.project)):
        print(
            tr("Not saved; --save {project} keeps what it has learnt.").format(
                project=options.project
            )
        )
    if options.save:
        save_project(options.save, trainer.project, trainer.state())
        print(tr("Project written to {save}").format(save=options.save))
    if options.metrics:
        write_metrics(options.metrics, result)
        print(tr("Figures written to {metrics}").format(metrics=options.metrics))
