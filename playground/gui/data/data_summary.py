"""A data set in a line."""

from __future__ import annotations

from playground.data.dataset import DataKind, Dataset, Floats
from playground.data.sources import DataSource
from playground.data.sources.planes import PlaneSource
from playground.data.texts.language import Language
from playground.language import grouped, tr

_MOST_SHOWN = 1_000_000
"""Numbers of which the small histograms are made, so that they take no time."""


def data_summary(dataset: Dataset, source: DataSource) -> str:
    """Say how many examples there are, and of what."""
    count = len(dataset.train) + len(dataset.validation)
    if hasattr(source, "test_split"):  # otherwise the test has files of its own
        count += len(dataset.test)
    examples, inputs, answer = grouped(count), len(dataset.features), _answer(dataset)
    if dataset.kind is DataKind.IMAGES:
        height, width, channels = dataset.input_shape
        size = f"{height} × {width}" + (f" × {channels}" if channels > 1 else "")
        return tr("{0} images, {1}, {2}").format(examples, size, answer)
    if dataset.language is not None:
        return _text_summary(dataset.language)
    if dataset.kind is DataKind.CURVE:
        return tr("{0} points, y over x").format(examples)
    words = (
        tr("{0} points, {1} inputs, {2}")
        if dataset.kind is DataKind.POINTS
        else tr("{0} rows, {1} inputs, {2}")
    )
    return words.format(examples, inputs, answer)


def split_summary(dataset: Dataset, source: DataSource) -> tuple[str, str]:
    """Say how the parts were chosen: in a word or two, and in a sentence."""
    if dataset.kind is DataKind.TEXT:
        tip = tr("Whole sentences are kept aside; the vocabulary is that of the training part.")
        return tr("by sentence"), tip
    is_drawn = isinstance(source, PlaneSource) and source.is_drawn
    if dataset.is_classification and not is_drawn:
        return tr("stratified"), tr("Stratified: every class is split in the same shares.")
    return "", ""


def _text_summary(language: Language) -> str:
    words = (
        tr("{0} words in {1} sentences, {2} different ones")
        if language.tokenizer.unit == "word"
        else tr("{0} characters in {1} sentences, {2} different ones")
    )
    known = len(language.words) - 1
    return words.format(grouped(language.tokens), grouped(language.sentences), grouped(known))


def _answer(dataset: Dataset) -> str:
    if dataset.is_classification:
        return tr("{0} classes").format(len(dataset.classes))
    numbers = len(dataset.targets)
    return tr("a number") if numbers == 1 else tr("{0} numbers").format(numbers)


def raw_inputs(dataset: Dataset) -> Floats:
    """Return the training inputs in their own units, some of them if there are very many."""
    x = dataset.train.x
    x = x[:: 1 + x.size // _MOST_SHOWN]
    return dataset.scaling.invert(x) if dataset.scaling else x


def raw_targets(dataset: Dataset) -> Floats:
    """Return the training answers to the same inputs in their own units."""
    y = dataset.train.y[:: 1 + dataset.train.x.size // _MOST_SHOWN]
    return dataset.target_scaling.invert(y) if dataset.target_scaling else y
