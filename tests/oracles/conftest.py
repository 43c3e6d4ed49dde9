"""Suites that hold our numbers against other engines: ``run.py test -m oracle``.

Keras runs on torch and in float64, so that it and autograd can be compared to rounding.
"""

import importlib.util
import os
from pathlib import Path

import pytest

os.environ["KERAS_BACKEND"] = "torch"

NOT_OURS = (
    "__array__ implementation doesn't accept a copy",
    "You are using a softmax over axis -1",  # of a single number
)
HAS_ENGINES = all(map(importlib.util.find_spec, ("keras", "onnx", "sklearn", "torch")))


def pytest_configure(config):
    """Know the marks in Keras's own tests, some of which we run."""
    config.addinivalue_line("markers", "requires_trainable_backend: Keras's")


def pytest_collection_modifyitems(items):
    """Let pass what NumPy and torch warn Keras of, and Keras us."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            for warning in NOT_OURS:
                item.add_marker(pytest.mark.filterwarnings(f"ignore:{warning}"))


def pytest_ignore_collect(config):
    """Leave these files out of a normal run: its environment has no engines to import."""
    is_wanted = "oracle" in config.option.markexpr.replace("not oracle", "")
    return None if HAS_ENGINES or is_wanted else True


@pytest.fixture(scope="session", autouse=True)
def _one_thread():
    """Keep torch's sums in one order, and from fighting BLAS over the cores."""
    import torch

    torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def _float64(_one_thread, monkeypatch):
    """Let Keras compute in float64, as it does on TensorFlow; on torch it rounds to float32."""
    import keras
    from keras.src.backend.common import dtypes

    monkeypatch.setitem(dtypes.BIT64_TO_BIT32_DTYPE, "float64", "float64")
    before = keras.config.floatx()
    keras.config.set_floatx("float64")
    yield
    keras.config.set_floatx(before)
