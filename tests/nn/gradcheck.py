"""PyTorch's gradcheck for a whole network: loss, regularizers, and every output it has.

Step and bounds are those of ``torch.autograd.gradcheck``: central differences of 1e-6 in float64,
equal to 1e-5 plus a thousandth.
"""

import dataclasses
import itertools

import numpy as np

from playground.component import Kind, parameters
from playground.errors import ShapeError
from playground.nn.activations import Linear
from playground.nn.layers import Context
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.model import Sequential
from playground.nn.objective import Objective
from playground.nn.parameters import Layout
from playground.nn.plan import Batch, Plan
from playground.nn.regularizers import Regularizer
from tests.nn.gradients import inputs_for

STEP = 1e-6
KEY = (1, 0)
"""Of the random numbers: step 1, its first chunk."""
EXAMPLES, OUTPUTS = 3, 3
AT_MOST = 200
INPUT_SHAPES = [(4,), (4, 5, 2)]


def fitting_shape(layer):
    """Return the shape of an example that the layer takes."""
    for shape in INPUT_SHAPES:
        try:
            layer.output_shape(shape)
        except ShapeError:
            continue
        return shape
    raise ShapeError(f"{layer} takes none of {INPUT_SHAPES}.")


def regularized(layer, regularizer):
    """Return the layer with this regularizer wherever it, or a layer in it, has one."""
    chains = tuple(
        Sequential(tuple(regularized(inner, regularizer) for inner in chain.layers))
        for chain in layer.chains
    )
    names = [
        parameter.name
        for parameter in parameters(type(layer))
        if parameter.kind is Kind.COMPONENT and parameter.family is Regularizer
    ]
    return dataclasses.replace(layer.with_chains(chains), **dict.fromkeys(names, regularizer))


def network_of(layer, loss, regularizer):
    """Return a network that holds the layer and ends with logits for the loss."""
    input_shape = fitting_shape(layer)
    flatten = () if len(layer.output_shape(input_shape)) == 1 else (Flatten(),)
    outputs = next((head.shape[0] for head in layer.heads(input_shape)), OUTPUTS)
    head = Dense(units=outputs, activation=loss.link() if loss.link else Linear())
    layers = (regularized(layer, regularizer), *flatten, regularized(head, regularizer))
    return Sequential(layers).without_output_activation()


def targets_for(outputs, rng):
    """Return rows that every loss takes: shares of the classes, some of them certain."""
    certain = np.eye(outputs)[rng.integers(0, outputs, EXAMPLES)]
    return np.where(np.arange(EXAMPLES)[:, None] % 2, rng.dirichlet(np.ones(outputs)), certain)


class Checked:
    """A network with its weights, examples and loss, in float64."""

    def __init__(self, model, loss, input_shape, rng):
        self.model, self.loss = model, loss
        self.x = inputs_for(model, input_shape, rng)
        *_, (outputs,) = model.shapes(input_shape)
        self.targets = targets_for(outputs, rng)
        self.example_weights = rng.uniform(0.5, 2, EXAMPLES)
        self.weights = tuple(
            {name: weight + rng.normal(0, 0.1, weight.shape) for name, weight in layer.items()}
            for layer in model.build(input_shape, rng)
        )

    def objective(self):
        return Objective(self.loss, self.targets, self.example_weights / EXAMPLES)

    def forward(self, objective):
        context = Context(training=True, key=KEY, objective=objective, leads=False)
        return self.model.forward(self.weights, self.x, context)

    def total(self):
        """Return the loss of the batch with the regularizers' charge."""
        objective = self.objective()
        outputs, _ = self.forward(objective)
        objective(outputs)
        return objective.total + self.model.penalty(self.weights)[0]

    def gradients(self):
        """Return the written gradients: by the inputs, and by the trained weights, flat."""
        objective = self.objective()
        outputs, backward = self.forward(objective)
        dx, gradients = backward(objective(outputs))
        _, charged = self.model.penalty(self.weights)
        layout = Layout(self.model, self.weights)
        flat = np.zeros(layout.size)
        for views, *parts in zip(layout.views(flat), gradients, charged, strict=True):
            for name, gradient in itertools.chain(*(part.items() for part in parts)):
                views[name] += gradient
        return dx, flat[: layout.trained]

    def planned(self):
        """Return the loss and the gradient as a run gets them: from a plan and its kernels."""
        _, *input_shape = self.x.shape
        plan = Plan(self.model, self.loss, tuple(input_shape), self.weights)
        batch = Batch(self.x, self.targets, np.arange(EXAMPLES), self.example_weights)
        loss, _ = plan.gradients(batch, key=KEY[:1])
        return loss, plan.gradient[: Layout(self.model, self.weights).trained]

    def differences(self, which):
        """Return what ``gradients`` should be at some numbers, by finite differences."""
        layout = Layout(self.model, self.weights)
        flat = layout.flatten(self.weights)
        self.weights = layout.views(flat)  # a change of the vector is a change of the weights
        arrays = (self.x.reshape(-1), flat)
        return [
            np.array([central_difference(self.total, array, k) for k in numbers])
            for array, numbers in zip(arrays, which, strict=True)
        ]


def central_difference(function, array, k):
    """Return the derivative of ``function()`` by one number of an array, changed and put back."""
    value = array[k]
    array[k] = value + STEP
    upper = function()
    array[k] = value - STEP
    lower = function()
    array[k] = value
    return (upper - lower) / (2 * STEP)


def assert_gradcheck(layer, loss, regularizer, rng):
    """Check the derivatives of a small network that holds the layer, ``AT_MOST`` of each kind."""
    model = network_of(layer, loss, regularizer)
    checked = Checked(model, loss, fitting_shape(layer), rng)
    written = [gradient.reshape(-1) for gradient in checked.gradients()]
    which = [rng.permutation(len(gradient))[:AT_MOST] for gradient in written]
    for gradient, numbers, expected in zip(written, which, checked.differences(which), strict=True):
        np.testing.assert_allclose(gradient[numbers], expected, rtol=1e-3, atol=1e-5)
    total = checked.total()
    loss, gradient = checked.planned()  # last: it updates statistics
    np.testing.assert_allclose(loss, total, rtol=1e-10)
    np.testing.assert_allclose(gradient, written[1], rtol=1e-8, atol=1e-10)
