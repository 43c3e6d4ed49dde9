import numpy as np
import pytest

from playground.data.images.drawing import Drawing
from playground.errors import ShapeError
from playground.probes.recognition import Recognition


def test_an_image_of_the_data_gets_the_answer_that_it_has_there(digits_snapshot):
    examples = digits_snapshot.dataset.train
    outputs, _ = digits_snapshot.model.forward(digits_snapshot.weights, examples.x[:1])
    [answer] = Recognition(Drawing.of(examples.x[0, :, :, 0])).compute(digits_snapshot)
    assert np.allclose(answer.shares, outputs[0], atol=1e-6)


def test_a_drawing_of_another_size_is_refused(digits_snapshot):
    small = Recognition(Drawing(size=(8, 8)))
    with pytest.raises(ShapeError, match="8 x 8 grey pixels, and the network takes 28 x 28 x 1"):
        next(small.compute(digits_snapshot))
