"""The network of a text: words as inputs, the most frequent ones as outputs."""

import numpy as np
import pytest
from PySide6.QtCore import QSizeF

from playground.data.texts.language import START
from playground.gui.network.columns import Form, columns_of, flat
from playground.gui.network.placed import shown_units
from playground.gui.network.state import Shown
from playground.probes.activations import Activations
from playground.training.presets import load_preset


@pytest.fixture
def shown(qapp, words_snapshot):
    *_, outputs = Activations(example=40).compute(words_snapshot)
    snapshot = words_snapshot
    return Shown(snapshot.model, snapshot, outputs, snapshot.dataset)


@pytest.fixture
def scene(shown):
    scene = shown.scene(QSizeF(900, 360))
    shown.fill(scene, 1.0)
    return scene


def test_the_inputs_are_the_words_of_the_example(scene, words_snapshot):
    language, part = words_snapshot.dataset.language, words_snapshot.dataset.validation
    assert list(scene.words) == language.spelled(part.x[40])
    assert scene.note == f"next: {language.words[part.y[40]]}"


def test_what_fills_up_a_context_is_said(shown, words_snapshot):
    *_, outputs = Activations(example=0).compute(words_snapshot)
    shown.outputs = outputs
    scene = shown.scene(QSizeF(900, 360))
    shown.fill(scene, 1.0)
    assert scene.words[0] == START


def test_the_likeliest_words_are_the_outputs_shown(shown, scene):
    *_, last = scene.layout.placed
    answers = shown.outputs.answers[(len(shown.model.layers) - 1,)]
    assert last.column.form is Form.OUTPUT
    assert sorted(last.units) == sorted(np.argsort(-answers)[: len(last.units)].tolist())
    assert shown.shows_likeliest(scene)


def test_before_the_answers_are_known_the_most_frequent_words_are_shown(shown):
    shown.outputs = None
    *_, last = shown.scene(QSizeF(900, 360)).layout.placed
    assert last.units == tuple(range(len(last.units)))


def test_another_likeliest_word_is_missed(shown, scene):
    answers = shown.outputs.answers[(len(shown.model.layers) - 1,)]
    answers[int(np.argmin(answers))] = 1.0
    assert not shown.shows_likeliest(scene)


def test_every_layer_has_a_column(shown, words_snapshot):
    columns = list(flat(shown.columns()))
    assert len(columns) == 1 + len(words_snapshot.model.layers)
    assert not any(column.form in (Form.BROKEN, Form.UNKNOWN) for column in columns)


def test_a_selected_unit_is_among_the_first_ones():
    first = tuple(range(100, 112))
    assert shown_units(248, 12, None, first) == first
    assert 77 in shown_units(248, 12, 77, first)


def test_a_blank_can_be_seen_among_the_outputs():
    project = load_preset("next-character")
    dataset = project.source.load()
    *_, last = flat(columns_of(project.model, dataset, has_plane=False))
    assert last.labels[1] == "␣"
