"""A network that no fast kernel was written for: strided, normalised, averaged, in branches."""

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
    from playground.nn.losses import CategoricalCrossentropy
    from playground.nn.optimizers import Adam
    from playground.training.project import Project
    from tests.benchmarks.sides import ours

    project = Project(
        model=_model(), loss=CategoricalCrossentropy(), optimizer=Adam(), batch_size=BATCH
    )
    return project, ours.classes(*digits(IMAGES))


def _model():
    from playground.nn.activations import ReLU, Softmax
    from playground.nn.layers.activation import Activation
    from playground.nn.layers.batch_normalization import BatchNormalization
    from playground.nn.layers.branches import Concatenate
    from playground.nn.layers.conv2d import Conv2D
    from playground.nn.layers.dense import Dense
    from playground.nn.layers.flatten import Flatten
    from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D
    from playground.nn.model import Sequential

    def conv(filters, size):
        return Conv2D(filters, (size, size), padding="same", activation=ReLU())

    inception = Concatenate(
        (
            Sequential((conv(16, 1),)),
            Sequential((conv(16, 1), conv(24, 3))),
            Sequential((conv(4, 1), conv(8, 5))),
            Sequential((MaxPooling2D((3, 3), (1, 1), "same"), conv(8, 1))),
        )
    )
    return Sequential(
        (
            Conv2D(16, (5, 5), (2, 2), "same"),
            BatchNormalization(),
            Activation(ReLU()),
            AveragePooling2D(),
            inception,
            Flatten(),
            Dense(10, Softmax()),
        )
    )


def pytorch(threads, channels_last):
    import torch
    from torch import nn

    from tests.benchmarks.sides import pytorch

    pytorch.set_up(threads)
    layers = {
        "conv2d": nn.Conv2d(1, 16, 5, stride=2),
        "batch_normalization": nn.BatchNorm2d(16, eps=1e-3, momentum=0.01),
        "concatenate/0/conv2d": nn.Conv2d(16, 16, 1),
        "concatenate/1/conv2d": nn.Conv2d(16, 16, 1),
        "concatenate/1/conv2d_1": nn.Conv2d(16, 24, 3, padding=1),
        "concatenate/2/conv2d": nn.Conv2d(16, 4, 1),
        "concatenate/2/conv2d_1": nn.Conv2d(4, 8, 5, padding=2),
        "concatenate/3/conv2d": nn.Conv2d(16, 8, 1),
        "dense": nn.Linear(7 * 7 * 56, 10),
    }
    module = _torch_module(layers).to(memory_format=pytorch.memory_format(channels_last))
    x, labels = digits(IMAGES)
    return pytorch.Training(
        module,
        pytorch.Named(layers, flattened={"dense": (7, 7, 56)}),
        pytorch.images(x, channels_last),
        torch.from_numpy(labels),
        nn.CrossEntropyLoss(),
        torch.optim.Adam(module.parameters(), fused=True),
        BATCH,
        answer=nn.Softmax(1),
    )


def _torch_module(layers):
    import torch
    from torch import nn

    class Inception(nn.Module):
        def __init__(self):
            super().__init__()
            self.branches = nn.ModuleList(
                nn.Sequential(*([nn.MaxPool2d(3, 1, 1)] if branch == 3 else []), *steps)
                for branch, steps in enumerate(map(self._steps, range(4)))
            )

        @staticmethod
        def _steps(branch):
            own = [a for name, a in layers.items() if name.startswith(f"concatenate/{branch}/")]
            return [step for layer in own for step in (layer, nn.ReLU())]

        def forward(self, x):
            return torch.cat([branch(x) for branch in self.branches], 1)

    return nn.Sequential(
        nn.ZeroPad2d((1, 2, 1, 2)),  # "same" at a stride of 2: the odd pixel right and below
        layers["conv2d"],
        layers["batch_normalization"],
        nn.ReLU(),
        nn.AvgPool2d(2),
        Inception(),
        nn.Flatten(),
        layers["dense"],
    )


def keras():
    from tests.benchmarks.sides import keras_

    return keras_.Training(_keras_model, *digits(IMAGES), BATCH)


def _keras_model(dropout):
    from keras import Input, Model, layers

    def conv(x, filters, size, branch, number=0):
        name = f"concatenate-{branch}-conv2d" + (f"_{number}" if number else "")
        layer = layers.Conv2D(filters, size, padding="same", activation="relu", name=name)
        return layer(x)

    image = Input((28, 28, 1))
    x = layers.Conv2D(16, 5, strides=2, padding="same", name="conv2d")(image)
    x = layers.BatchNormalization(name="batch_normalization")(x)
    x = layers.AveragePooling2D(2)(layers.ReLU()(x))
    branches = [
        conv(x, 16, 1, 0),
        conv(conv(x, 16, 1, 1), 24, 3, 1, 1),
        conv(conv(x, 4, 1, 2), 8, 5, 2, 1),
        conv(layers.MaxPooling2D(3, strides=1, padding="same")(x), 8, 1, 3),
    ]
    x = layers.Flatten()(layers.Concatenate()(branches))
    return Model(image, layers.Dense(10, activation="softmax", name="dense")(x))


MODES = tuple({"threads": n, "channels_last": last} for n in (2, 1) for last in (True, False))

PARTS = (
    Contest(
        "Inception: 5x5 stride 2, batch normalisation, average pooling, branches, batch 128, Adam",
        {"playground": core, "playground, whole run": whole_run},
        (
            Peer("PyTorch", pytorch, MODES, gate=1.0),
            Peer("Keras on PyTorch", keras, variables={"KERAS_BACKEND": "torch"}),
            Peer("Keras on JAX", keras, variables={"KERAS_BACKEND": "jax"}),
        ),
    ),
)
