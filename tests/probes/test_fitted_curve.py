import numpy as np
import pytest

from playground.data.sources.curves import Sine
from playground.probes.fitted_curve import FittedCurve, data_points
from playground.training.templates import project_for
from playground.training.trainer import Trainer


@pytest.fixture
def snapshot():
    source = Sine()
    dataset = source.load()
    return Trainer(project_for(source, dataset), dataset).snapshot()


def test_the_curve_is_what_the_network_predicts(snapshot):
    (curve,) = FittedCurve(resolution=50).compute(snapshot)
    x = curve.x[:, None].astype(np.float32)
    expected = snapshot.model.predict(snapshot.weights, x)[:, 0]
    np.testing.assert_allclose(curve.y, expected, atol=1e-6)


def test_the_curve_reaches_beyond_the_points(snapshot):
    (curve,) = FittedCurve().compute(snapshot)
    x, _ = data_points(snapshot.dataset, "train")
    assert curve.x[0] < x.min() < x.max() < curve.x[-1]
