"""``playground evaluate``."""

from __future__ import annotations

import math
from argparse import Namespace
from collections.abc import Iterator

from playground.cli.metrics import finite, weights_sha256, write_metrics
from playground.cli.opening import Opened, load, open_named
from playground.cli.tables import Row, print_table
from playground.cli.training import metric_text
from playground.data.dataset import Dataset, part_name
from playground.errors import DataError, FileError
from playground.language import grouped, tr
from playground.nn.confusion import ClassScores, Counts
from playground.probes.evaluation import Evaluation, Report
from playground.training.storage import fitting_state
from playground.training.trainer import Trainer

_MOST_CLASSES = 20
"""Of more, the terminal shows no confusion matrix."""


def run(options: Namespace) -> int:
    """Print how well a saved network does, and return the exit code."""
    if options.metrics and not options.metrics.absolute().parent.is_dir():
        raise FileError(
            tr("There is no folder {parent}; make it first.").format(parent=options.metrics.parent)
        )
    saved = open_named(options.project)
    if saved.state is None:
        raise FileError(
            tr(
                "{project} was never trained, so there is nothing to evaluate; use train ... "
                "--save FILE.nnproj first."
            ).format(project=options.project)
        )
    dataset = load(saved.project.source)
    opened = Opened(saved.project, dataset, fitting_state(saved, dataset))
    loss, report = _evaluated(opened, Evaluation(part=options.part))
    _print(dataset, options.part, loss, report)
    if options.metrics:
        write_metrics(options.metrics, _figures(opened, options.part, loss, report))
        print(tr("Figures written to {metrics}").format(metrics=options.metrics))
    return 0


def _evaluated(opened: Opened, probe: Evaluation) -> tuple[float, Report]:
    trainer = Trainer(opened.project, opened.dataset, opened.state)
    examples = probe.examples(opened.dataset)
    if not len(examples):
        raise DataError(
            tr("There are no {part} examples; keep some aside with a split.").format(
                part=part_name(probe.part)
            )
        )
    *_, report = probe.compute(trainer.snapshot())
    return trainer.evaluate(examples)[0], report


def _print(dataset: Dataset, part: str, loss: float, report: Report) -> None:
    figures = [metric_text(metric, value) for metric, value in report.figures.items()]
    print(tr("{total} {part} examples").format(total=grouped(report.total), part=part_name(part)))
    print("  ".join([tr("loss {loss:.4f}").format(loss=loss), *figures]))
    if report.matrix is None and report.confusions:
        print()
        print_table(_confusion_rows(dataset.classes, report), numbers_from=2)
    if report.matrix is not None:
        print()
        print_table(_class_rows(dataset.classes, report.matrix), numbers_from=1)
        if len(dataset.classes) <= _MOST_CLASSES:
            print()
            print_table(_matrix_rows(dataset.classes, report.matrix), numbers_from=1)


def _class_rows(classes: tuple[str, ...], matrix: Counts) -> Iterator[Row]:
    yield tr("class"), tr("precision"), tr("recall"), "F1", tr("examples")
    scores = ClassScores.of(matrix)
    columns = (scores.precision.tolist(), scores.recall.tolist(), scores.f1.tolist())
    for name, count, *shares in zip(classes, scores.support.tolist(), *columns, strict=True):
        texts = ["-" if math.isnan(share) else f"{100 * share:.1f} %" for share in shares]
        yield name, *texts, grouped(count)


def _confusion_rows(classes: tuple[str, ...], report: Report) -> Iterator[Row]:
    yield tr("true"), tr("taken for"), tr("times")
    for confusion in report.confusions[:_MOST_CLASSES]:
        yield classes[confusion.true], classes[confusion.answer], grouped(confusion.times)


def _matrix_rows(classes: tuple[str, ...], matrix: Counts) -> Iterator[Row]:
    yield tr("true, taken for"), *classes
    for name, counts in zip(classes, matrix.tolist(), strict=True):
        yield name, *(grouped(count) if count else "." for count in counts)


def _figures(opened: Opened, part: str, loss: float, report: Report) -> dict[str, object]:
    assert opened.state is not None
    return {
        "title": opened.project.title,
        "part": part,
        "examples": report.total,
        "loss": finite(loss),
        "metrics": {metric.key: finite(value) for metric, value in report.figures.items()},
        "classes": list(opened.dataset.classes),
        "confusion_matrix": None if report.matrix is None else report.matrix.tolist(),
        "steps": opened.state.step,
        "weights_sha256": weights_sha256(opened.state.weights),
    }
