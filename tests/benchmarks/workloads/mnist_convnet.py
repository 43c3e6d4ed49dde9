"""The convolutional network of Keras's MNIST example, batch 128, Adam."""

from tests.benchmarks.contest import Contest, Peer
from tests.benchmarks.inputs import digits

BATCH = 128
IMAGES = 16_384


def core():
    from tests.benchmarks.sides import ours

    return ours.Core(*_project())


def whole_run():
    from tests.benchmarks.sides import ours

    return ours.WholeRun(*_project())


def _project():
    from playground.training.presets import load_preset
    from tests.benchmarks.sides import ours

    return load_preset("digits-cnn"), ours.classes(*digits(IMAGES))


def pytorch(threads, channels_last=False):
    import torch
    from torch import nn

    from tests.benchmarks.sides import pytorch

    pytorch.set_up(threads)
    first, second, dense = nn.Conv2d(1, 32, 3), nn.Conv2d(32, 64, 3), nn.Linear(1600, 10)
    module = nn.Sequential(
        first, nn.ReLU(), nn.MaxPool2d(2),
        second, nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Dropout(0.5), dense,
    ).to(memory_format=pytorch.memory_format(channels_last))  # fmt: skip
    layers = {"conv2d": first, "conv2d_1": second, "dense": dense}
    x, labels = digits(IMAGES)
    return pytorch.Training(
        module,
        pytorch.Named(layers, flattened={"dense": (5, 5, 64)}),
        pytorch.images(x, channels_last),
        torch.from_numpy(labels),
        nn.CrossEntropyLoss(),
        torch.optim.Adam(module.parameters(), fused=True),
        BATCH,
        answer=nn.Softmax(1),
    )


def keras(threads=2):
    from tests.benchmarks.sides import keras_

    return keras_.Training(_keras_model, *digits(IMAGES), BATCH, threads=threads)


def _keras_model(dropout):
    from keras import Input, Sequential, layers

    return Sequential(
        [
            Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.5 if dropout else 0.0),
            layers.Dense(10, activation="softmax"),
        ]
    )


MODES = tuple({"threads": n, "channels_last": last} for n in (2, 1) for last in (True, False))

PARTS = (
    Contest(
        "Keras's MNIST convnet, batch 128, Adam",
        {"playground": core, "playground, whole run": whole_run},
        (
            Peer("PyTorch", pytorch, MODES, gate=1.4, aim=1.7),
            Peer("Keras on PyTorch", keras, variables={"KERAS_BACKEND": "torch"}, gate=2.5),
            Peer("Keras on JAX", keras, variables={"KERAS_BACKEND": "jax"}),
        ),
    ),
)
