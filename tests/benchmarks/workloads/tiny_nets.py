"""The tanh networks of a playground on 500 points of the plane, batches of 10 and of all 500."""

from itertools import pairwise

from tests.benchmarks.contest import Contest, JavaScriptPeer, Peer
from tests.benchmarks.inputs import chequers, start_weight

RATE = 0.03


def core(sizes, batch):
    from tests.benchmarks.sides import ours

    return ours.Core(*project(sizes, batch))


def whole_run(sizes, batch):
    from tests.benchmarks.sides import ours

    return ours.WholeRun(*project(sizes, batch))


def project(sizes, batch):
    from playground.nn.activations import Tanh
    from playground.nn.layers.dense import Dense
    from playground.nn.losses import MeanSquaredError
    from playground.nn.model import Sequential
    from playground.nn.optimizers import SGD
    from playground.training.project import Project
    from tests.benchmarks.sides import ours

    chosen = Project(
        model=Sequential(tuple(Dense(units=units, activation=Tanh()) for units in sizes[1:])),
        loss=MeanSquaredError(),
        optimizer=SGD(learning_rate=RATE),
        batch_size=batch,
    )
    return chosen, ours.numbers(*chequers())


def pytorch(sizes, batch, threads, fused):
    import torch
    from torch import nn

    from tests.benchmarks.sides import pytorch

    pytorch.set_up(threads)
    layers = {
        name: nn.Linear(*pair) for name, pair in zip(names(sizes), pairwise(sizes), strict=True)
    }
    module = nn.Sequential(*[step for layer in layers.values() for step in (layer, nn.Tanh())])
    return pytorch.Training(
        module,
        pytorch.Named(layers),
        *map(torch.from_numpy, chequers()),
        nn.MSELoss(),
        torch.optim.SGD(module.parameters(), lr=RATE, fused=fused),
        batch,
    )


def javascript(sizes, batch):
    x, y = chequers()
    return {
        "work": "train", "sizes": sizes, "batch": batch, "rate": RATE,
        "x": x.tolist(), "y": y.tolist(), "weights": javascript_weights(sizes),
    }  # fmt: skip


def javascript_weights(sizes):
    return [
        {
            "kernel": start_weight(f"{name}/kernel", pair).tolist(),
            "bias": start_weight(f"{name}/bias", pair[1:]).tolist(),
        }
        for name, pair in zip(names(sizes), pairwise(sizes), strict=True)
    ]


def names(sizes):
    return ["dense", *(f"dense_{number}" for number in range(1, len(sizes) - 1))]


MODES = tuple({"threads": n, "fused": fused} for n in (1, 2) for fused in (True, False))


def contest(sizes, batch, torch_gates, nn_gates):
    title = f"{'-'.join(map(str, sizes))} tanh, "
    return Contest(
        title + (f"batch {batch}, SGD" if batch < 500 else "full batch of 500, SGD"),
        {"playground": core, "playground, whole run": whole_run},
        (
            Peer("PyTorch", pytorch, MODES, gate=torch_gates[0], aim=torch_gates[1]),
            JavaScriptPeer("nn.ts", "nn", javascript, *nn_gates),
            JavaScriptPeer("ConvNetJS", "convnetjs", javascript),
        ),
        {"sizes": sizes, "batch": batch},
    )


LARGE, SMALL = (2, 8, 8, 8, 1), (2, 4, 2, 1)

PARTS = (
    contest(LARGE, 10, (20.0, 35.0), (2.5, 4.0)),
    contest(SMALL, 10, (None, None), (0.8, 1.0)),
    contest(LARGE, 500, (None, None), (20.0, 50.0)),
    contest(SMALL, 500, (None, None), (20.0, 50.0)),
)
