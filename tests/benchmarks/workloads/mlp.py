"""The dense network 784-128-64-10 with ReLU and Adam, batches of 32 and of 128."""

import numpy as np

from tests.benchmarks.contest import Contest, Peer

EXAMPLES = 8192
HIDDEN = (128, 64)


def inputs():
    """Return ten classes that a plane tells apart, a fifth of them wrong, so that no side is done.

    A network that has learnt all has gradients of zero, and some engines are fast at zeros.
    """
    rng = np.random.default_rng(0)
    x = rng.random((EXAMPLES, 784), np.float32)
    labels = ((x - 0.5) @ rng.standard_normal((784, 10))).argmax(axis=1)
    wrong = rng.random(EXAMPLES) < 0.2
    labels[wrong] = rng.integers(0, 10, wrong.sum())
    return x, labels


def core(batch):
    from tests.benchmarks.sides import ours

    return ours.Core(*our_project(batch))


def whole_run(batch):
    from tests.benchmarks.sides import ours

    return ours.WholeRun(*our_project(batch))


def our_project(batch):
    from playground.nn.activations import ReLU, Softmax
    from playground.nn.layers.dense import Dense
    from playground.nn.losses import CategoricalCrossentropy
    from playground.nn.model import Sequential
    from playground.nn.optimizers import Adam
    from playground.training.project import Project
    from tests.benchmarks.sides import ours

    hidden = tuple(Dense(units=units, activation=ReLU()) for units in HIDDEN)
    project = Project(
        model=Sequential((*hidden, Dense(units=10, activation=Softmax()))),
        loss=CategoricalCrossentropy(),
        optimizer=Adam(),
        batch_size=batch,
    )
    return project, ours.classes(*inputs())


def pytorch(batch, threads, fused):
    import torch
    from torch import nn

    from tests.benchmarks.sides import pytorch

    pytorch.set_up(threads)
    dense = nn.Linear(784, 128), nn.Linear(128, 64), nn.Linear(64, 10)
    module = nn.Sequential(dense[0], nn.ReLU(), dense[1], nn.ReLU(), dense[2])
    layers = dict(zip(("dense", "dense_1", "dense_2"), dense, strict=True))
    return pytorch.Training(
        module,
        pytorch.Named(layers),
        *map(torch.from_numpy, inputs()),
        nn.CrossEntropyLoss(),
        torch.optim.Adam(module.parameters(), fused=fused),
        batch,
        answer=nn.Softmax(1),
    )


def keras(batch, threads=2):
    from tests.benchmarks.sides import keras_

    return keras_.Training(_keras_model, *inputs(), batch, threads=threads)


def _keras_model(dropout):
    from keras import Input, Sequential, layers

    hidden = [layers.Dense(units, activation="relu") for units in HIDDEN]
    return Sequential([Input((784,)), *hidden, layers.Dense(10, activation="softmax")])


def scikit_learn(batch, threads):
    from tests.benchmarks.sides import sklearn_

    return sklearn_.Training(HIDDEN, *inputs(), batch, threads)


MODES = tuple({"threads": n, "fused": fused} for n in (2, 1) for fused in (True, False))
THREADS = ({"threads": 2}, {"threads": 1})


def contest(batch, gate, aim):
    return Contest(
        f"MLP 784-128-64-10, batch {batch}, Adam",
        {"playground": core, "playground, whole run": whole_run},
        (
            Peer("PyTorch", pytorch, MODES, gate=gate, aim=aim),
            Peer("Keras on PyTorch", keras, variables={"KERAS_BACKEND": "torch"}),
            Peer("Keras on JAX", keras, variables={"KERAS_BACKEND": "jax"}),
            Peer("scikit-learn", scikit_learn, THREADS),
        ),
        {"batch": batch},
    )


PARTS = (contest(32, gate=1.25, aim=2.0), contest(128, gate=0.9, aim=1.2))
