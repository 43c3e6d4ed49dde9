"""The networks of the courses learn real digits as well as they do in Keras."""

import pytest

from tests.benchmarks.workloads.accuracy import CONVNET, GLIDING_MLP, learn


@pytest.mark.soak
@pytest.mark.parametrize(("project", "wanted"), [(CONVNET, 0.989), (GLIDING_MLP, 0.98)])
def test_all_digits_are_learnt(project, wanted):
    right, _ = learn(project)
    assert right >= wanted
