"""A thousand steps of each optimizer beside torch's, in float64, where both mean the same rule.

Keras and torch put epsilon in different places (inside or outside the root, before or after the
bias correction); with an epsilon of 0 the formulas are equal. Both decay weights alike only where
torch's does not go through the gradient (AdamW); the other rules are compared without decay.
Steps are small: where a rule rattles between the walls of a valley, rounding alone parts the paths.
"""

import numpy as np
import pytest
import torch

from playground.nn.optimizers import Optimizer
from playground.nn.optimizers.adadelta import Adadelta
from playground.nn.optimizers.adagrad import Adagrad
from playground.nn.optimizers.adam import Adam, AdamW
from playground.nn.optimizers.adamax import Adamax
from playground.nn.optimizers.nadam import Nadam
from playground.nn.optimizers.rmsprop import RMSprop
from playground.nn.optimizers.sgd import SGD
from tests.oracles.paths import gradient, our_path, start

pytestmark = pytest.mark.oracle
STEPS = 1000


@pytest.fixture(autouse=True)
def _scalars_in_float64():
    """Torch keeps its own counters and products in the default type."""
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


PAIRS = [
    (SGD(learning_rate=0.05), torch.optim.SGD, {"lr": 0.05}),
    (
        SGD(learning_rate=0.02, momentum=0.9),
        torch.optim.SGD,
        {"lr": 0.02, "momentum": 0.9},
    ),
    (
        SGD(learning_rate=0.02, momentum=0.9, nesterov=True),
        torch.optim.SGD,
        {"lr": 0.02, "momentum": 0.9, "nesterov": True},
    ),
    (
        Adagrad(learning_rate=0.05, initial_accumulator_value=0.2, epsilon=0),
        torch.optim.Adagrad,
        {"lr": 0.05, "initial_accumulator_value": 0.2, "eps": 0},
    ),
    (
        Adadelta(learning_rate=0.1, rho=0.9, epsilon=1e-6),
        torch.optim.Adadelta,
        {"lr": 0.1, "rho": 0.9, "eps": 1e-6},
    ),
    (
        RMSprop(learning_rate=0.0002, rho=0.999, epsilon=0),
        torch.optim.RMSprop,
        {"lr": 0.0002, "alpha": 0.999, "eps": 0},
    ),
    (
        RMSprop(learning_rate=0.0002, rho=0.999, momentum=0.5, epsilon=0, centered=True),
        torch.optim.RMSprop,
        {"lr": 0.0002, "alpha": 0.999, "momentum": 0.5, "eps": 0, "centered": True},
    ),
    (
        Adam(learning_rate=0.002, beta_1=0.8, beta_2=0.99, epsilon=0),
        torch.optim.Adam,
        {"lr": 0.002, "betas": (0.8, 0.99), "eps": 0},
    ),
    (
        Adam(learning_rate=0.01, epsilon=0, amsgrad=True),
        torch.optim.Adam,
        {"lr": 0.01, "eps": 0, "amsgrad": True},
    ),
    (
        AdamW(learning_rate=0.01, epsilon=0, weight_decay=0.1),
        torch.optim.AdamW,
        {"lr": 0.01, "eps": 0, "weight_decay": 0.1},
    ),
    (
        Adamax(learning_rate=0.01, epsilon=0),
        torch.optim.Adamax,
        {"lr": 0.01, "eps": 0},
    ),
    (
        # Keras warms the momentum up at the pace of the steps, torch 250 times more slowly.
        Nadam(learning_rate=0.01, epsilon=1e-7),
        torch.optim.NAdam,
        {"lr": 0.01, "eps": 1e-7, "momentum_decay": 1.0},
    ),
]

NOT_IN_TORCH = {
    "Lion": "torch has none; Keras's golden values and path",
    "SimulatedAnnealing": "it follows no gradient; test_convergence",
}


def test_every_optimizer_has_its_peer_in_torch_or_a_reason():
    known = {type(ours).__name__ for ours, _, _ in PAIRS}
    assert known | NOT_IN_TORCH.keys() == Optimizer.registry.keys()
    assert not known & NOT_IN_TORCH.keys()


def torch_path(cls, options, clip=None):
    """Return the weights after each step of torch's optimizer."""
    w = torch.nn.Parameter(torch.tensor(start()))
    optimizer, path = cls([w], **options), []
    for _ in range(STEPS):
        w.grad = torch.tensor(gradient(w.detach().numpy()))
        if clip:
            clip(w)
        optimizer.step()
        path.append(w.detach().numpy().copy())
    return np.array(path)


@pytest.mark.parametrize(
    ("ours", "cls", "options"), PAIRS, ids=lambda x: getattr(x, "__name__", "")
)
def test_a_thousand_steps_lead_along_the_same_path(ours, cls, options):
    path = our_path(ours, STEPS)
    assert np.abs(path[-1] - path[0]).max() > 0.05  # it did go somewhere
    np.testing.assert_allclose(path, torch_path(cls, options), rtol=1e-10, atol=1e-10)


CLIPS = [
    ({"clipvalue": 0.05}, lambda w: torch.nn.utils.clip_grad_value_([w], 0.05)),
    ({"global_clipnorm": 0.1}, lambda w: torch.nn.utils.clip_grad_norm_([w], 0.1)),
]


@pytest.mark.parametrize(
    ("setting", "clip"), CLIPS, ids=lambda x: next(iter(x), "") if isinstance(x, dict) else ""
)
def test_clipped_gradients_lead_along_the_same_path(setting, clip):
    """Torch adds 1e-6 to the norm it divides by, so these paths are equal to that."""
    path = our_path(SGD(learning_rate=0.1, **setting), STEPS)
    theirs = torch_path(torch.optim.SGD, {"lr": 0.1}, clip)
    np.testing.assert_allclose(path, theirs, rtol=1e-4, atol=1e-4)
