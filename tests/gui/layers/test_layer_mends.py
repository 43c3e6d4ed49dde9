"""What the list of layers offers where a network does not fit a text."""

from dataclasses import replace

import pytest

from playground.gui.layers.layer_mends import first_mend
from playground.gui.layers.layer_texts import row_texts
from playground.nn.model import Sequential
from playground.training.project import check_fit


@pytest.fixture
def small(words_snapshot):
    """A project whose embedding lacks rows for most words."""
    project = words_snapshot.project
    first, *others = project.model.layers
    return replace(project, model=Sequential((replace(first, input_dim=20), *others)))


def test_an_embedding_too_small_for_the_text_is_mended_at_its_own_row(small, words_snapshot):
    dataset = words_snapshot.dataset
    mend = first_mend(small, dataset, row_texts(small.model, dataset))
    assert (mend.path, mend.words) == ((0,), "Fit the embedding")
    assert "rows for 20 tokens, and this text has 250" in mend.problem
    check_fit(replace(small, **mend.changes), dataset)


def test_a_network_without_layers_is_given_an_end(spiral_snapshot):
    project, dataset = spiral_snapshot.project, spiral_snapshot.dataset
    empty = replace(project, model=Sequential())
    mend = first_mend(empty, dataset, row_texts(empty.model, dataset))
    assert mend.path == ()
    check_fit(replace(empty, **mend.changes), dataset)
