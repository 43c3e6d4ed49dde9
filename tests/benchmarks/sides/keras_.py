"""Keras 3 on PyTorch or JAX, as ``KERAS_BACKEND`` says: ``fit`` on data in memory."""

import os

import keras
import numpy as np

from tests.benchmarks.inputs import noise, start_weight


class Training:
    """Whole epochs of ``fit``, which is the fastest way that Keras has.

    ``build(dropout)`` returns the network without weights of its own.
    """

    def __init__(self, build, x, y, batch, loss="sparse_categorical_crossentropy", threads=2):
        backend = os.environ["KERAS_BACKEND"]
        self.versions = {"keras": keras.__version__, **_engine(backend, threads)}
        self.examples = batch
        self._build, self._x, self._y, self._loss = build, x, y, loss
        self._model = self._compiled(keras.optimizers.Adam(), dropout=True)

    def _compiled(self, optimizer, *, dropout):
        keras.backend.clear_session()  # so that the first layer has no number
        model = self._build(dropout)
        for variable in model.weights:
            variable.assign(start_weight(_path(variable), variable.shape))
        model.compile(optimizer=optimizer, loss=self._loss)
        return model

    def check(self):
        model = self._compiled(keras.optimizers.SGD(learning_rate=1.0), dropout=False)
        x, y = self._x[: self.examples], self._y[: self.examples]
        x = x if x.ndim == 2 else noise(x.shape)
        outputs = keras.ops.convert_to_numpy(model(x, training=True))
        before = _trained(model)
        loss = model.train_on_batch(x, y)
        after = _trained(model)
        gradients = {path: before[path] - after[path] for path in before}  # at a rate of 1
        return {"loss": np.asarray(loss), "outputs": outputs, **gradients}

    def run(self, steps):
        an_epoch = len(self._x) // self.examples
        epochs = max(1, round(steps / an_epoch))
        self._model.fit(self._x, self._y, self.examples, epochs, verbose=0)
        return epochs * an_epoch


def _path(variable):
    """Return ``conv2d/kernel``, without the model's name; Keras takes no slash within one."""
    return "/".join(variable.path.split("/")[-2:]).replace("-", "/")


def _trained(model):
    arrays = keras.ops.convert_to_numpy
    return {_path(v): arrays(v.value).copy() for v in model.trainable_variables}


def _engine(backend, threads):
    if backend == "torch":
        import torch

        torch.set_num_threads(threads)
        torch.set_flush_denormal(True)
        return {"torch": torch.__version__}
    import jax

    return {"jax": jax.__version__}
