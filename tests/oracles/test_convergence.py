"""Trainings on real data end where scikit-learn says that the minimum is."""

import numpy as np
import pytest
from sklearn import datasets
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import log_loss
from sklearn.neural_network import MLPClassifier

from playground.nn.activations import Linear, ReLU, Sigmoid, Softmax, Tanh
from playground.nn.layers.dense import Dense
from playground.nn.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from playground.nn.mini_batch import MiniBatch
from playground.nn.model import Sequential
from playground.nn.optimizers import SGD, Adam
from playground.nn.optimizers.simulated_annealing import SimulatedAnnealing
from playground.nn.parameters import Layout
from playground.nn.plan import Batch, Plan
from playground.nn.regularizers import L2

pytestmark = pytest.mark.oracle


def standardised(x):
    return ((x - x.mean(0)) / np.maximum(x.std(0), 1e-9)).astype(np.float32)


class Training:
    """A network, its weights and its data, in float32 as in the app."""

    def __init__(self, model, loss, x, targets, seed=0):
        self.model, self.x = model, x
        weights = model.build(x.shape[1:], np.random.default_rng(seed))
        layout = Layout(model, weights)
        flat = layout.flatten(weights)
        self.weights = layout.views(flat)
        plan = Plan(model, loss, x.shape[1:], self.weights)
        self.batch = MiniBatch(plan, flat, Batch.whole(x, targets.astype(np.float32)), (0,))
        self.step, self.slots = 0, None

    def train(self, optimizer, steps, batch_size=None):
        """Take steps on the whole set, or on random batches; return the loss at the end."""
        everything, rng = self.batch.rows, np.random.default_rng(1)
        self.slots = self.slots or optimizer.make_slots(self.batch.weights)
        for _ in range(steps):
            self.step += 1
            self.batch.key = (0, self.step)
            if batch_size:
                rows = rng.choice(len(self.x), batch_size, replace=False)
                self.batch.rows = everything._replace(rows=rows)
            optimizer.look(self.batch)
            optimizer.move(self.batch, self.slots, self.step, optimizer.rate)
        self.batch.rows = everything
        return self.batch.evaluate()[0]


def test_one_linear_neuron_is_the_least_squares_fit_of_diabetes():
    x, y = datasets.load_diabetes(return_X_y=True)
    x, y = standardised(x), standardised(y[:, None])
    training = Training(Sequential((Dense(units=1),)), MeanSquaredError(), x, y)
    loss = training.train(Adam(learning_rate=0.01), 4000)
    fit = LinearRegression().fit(x, y)
    assert loss == pytest.approx(np.mean((fit.predict(x) - y) ** 2), rel=1e-4)


def test_one_sigmoid_neuron_is_the_logistic_regression_of_breast_cancer():
    x, y = datasets.load_breast_cancer(return_X_y=True)
    x, strength = standardised(x), 0.01
    model = Sequential((Dense(units=1, activation=Sigmoid(), kernel_regularizer=L2(strength)),))
    training = Training(model, BinaryCrossentropy(), x, y[:, None])
    training.train(SGD(learning_rate=0.5, momentum=0.9), 3000)
    fit = LogisticRegression(C=1 / (2 * strength * len(x)), tol=1e-8, max_iter=10_000).fit(x, y)
    (weights,) = training.weights
    np.testing.assert_allclose(weights["kernel"][:, 0], fit.coef_[0], atol=1e-3)
    np.testing.assert_allclose(weights["bias"], fit.intercept_, atol=1e-3)


def test_softmax_regression_of_iris():
    x, y = datasets.load_iris(return_X_y=True)
    x, strength = standardised(x), 0.005
    model = Sequential((Dense(units=3, activation=Softmax(), kernel_regularizer=L2(strength)),))
    training = Training(model, CategoricalCrossentropy(), x, np.eye(3)[y])
    training.train(SGD(learning_rate=0.5, momentum=0.9), 3000)
    fit = LogisticRegression(C=1 / (2 * strength * len(x)), tol=1e-8, max_iter=10_000).fit(x, y)
    ours = model.predict(training.weights, x)
    np.testing.assert_allclose(ours, fit.predict_proba(x), atol=2e-3)


def test_a_network_tells_digits_as_well_as_scikit_learn_s():
    """The last 360 digits are by other writers, so both make some mistakes."""
    x, y = datasets.load_digits(return_X_y=True)
    x = (x / 16).astype(np.float32)
    model = Sequential((Dense(units=64, activation=ReLU()), Dense(units=10, activation=Softmax())))
    training = Training(model, CategoricalCrossentropy(), x[:-360], np.eye(10)[y[:-360]])
    training.train(Adam(), 45 * 40, batch_size=32)
    peer = MLPClassifier((64,), batch_size=32, max_iter=40, alpha=0, n_iter_no_change=99, tol=0)
    with pytest.warns(UserWarning, match="Maximum iterations"):
        peer.set_params(random_state=0).fit(x[:-360], y[:-360])
    ours = np.mean(model.predict(training.weights, x[-360:]).argmax(1) == y[-360:])
    assert ours >= peer.score(x[-360:], y[-360:]) - 0.02
    assert ours >= 0.9


@pytest.mark.parametrize("seed", range(3))
def test_annealing_reaches_the_minimum_of_a_neuron(seed):
    """The best loss is known: the problem is convex, and scikit-learn solves it."""
    x, y = datasets.load_iris(return_X_y=True)
    x, y = standardised(x[50:, 2:]), y[50:] == 2
    model = Sequential((Dense(units=1, activation=Sigmoid()),))
    training = Training(model, BinaryCrossentropy(), x, y[:, None], seed)
    annealing = SimulatedAnnealing(step_size=0.1, temperature=0.1, cooling=0.998)
    loss = training.train(annealing, 6000)
    fit = LogisticRegression(C=np.inf, tol=1e-8).fit(x, y)
    best = log_loss(y, fit.predict_proba(x)[:, 1])
    assert best <= loss + 1e-6
    assert loss == pytest.approx(best, rel=0.02)


@pytest.mark.parametrize("seed", range(3))
def test_annealing_solves_xor(seed):
    """No neuron alone can, and the landscape has valleys that lead nowhere."""
    x = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]], np.float32)
    y = (x[:, :1] * x[:, 1:] < 0).astype(float)
    model = Sequential((Dense(units=3, activation=Tanh()), Dense(units=1, activation=Linear())))
    training = Training(model, MeanSquaredError(), x, y, seed)
    annealing = SimulatedAnnealing(step_size=0.1, temperature=0.1, cooling=0.999)
    assert training.train(annealing, 10_000) < 0.001
