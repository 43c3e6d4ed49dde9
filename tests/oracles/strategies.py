"""Hypothesis strategies that draw any component, from its declared fields alone."""

import math

from hypothesis import assume
from hypothesis import strategies as st

from playground.component import Kind, parameters
from playground.errors import PlaygroundError
from playground.nn.activations import ActivationFunction
from playground.nn.initializers import Initializer
from playground.nn.layers.activation import Activation
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from playground.nn.model import Sequential

LARGEST = 4
"""Of whole numbers: sizes that finite examples show all there is to show at."""


def whole(parameter):
    low = 0 if parameter.low is None else math.ceil(parameter.low)
    return st.integers(low, max(low, int(min(LARGEST, parameter.high or LARGEST))))


def real(parameter):
    """The default, or a number well between the bounds: no engine's own epsilon shall show."""
    low = -2.0 if parameter.low is None else parameter.low
    high = 2.0 if parameter.high is None else parameter.high
    low, high = max(low, -2.0), min(high, 2.0)
    step = (high - low) / 16
    return or_default(parameter, st.integers(1, 15).map(lambda k: low + k * step))


def or_default(parameter, values):
    """Draw the default every other time: all settings at once rarely fit each other."""
    return st.one_of(st.just(parameter.default), values)


def of_field(parameter):
    match parameter.kind:
        case Kind.INTEGER:
            few = parameter.default <= LARGEST
            return or_default(parameter, whole(parameter)) if few else whole(parameter)
        case Kind.REAL:
            return real(parameter)
        case Kind.FLAG:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(parameter.choices)
        case Kind.PAIR:
            return or_default(parameter, st.tuples(whole(parameter), whole(parameter)))
        case Kind.COMPONENT if parameter.family is not Initializer:  # weights are drawn anyway
            return members(parameter.family)
        case Kind.COMPONENTS if parameter.family is Sequential:
            return branches()
    return st.just(parameter.default)


@st.composite
def branches(draw):
    """Draw chains of layers that fit beside each other: all answer with as many channels."""
    width, image = draw(st.integers(1, 3)), draw(st.booleans())
    last = st.just(Conv2D(filters=width, padding="same") if image else Dense(units=width))
    before = st.lists(of_same_size(image=image), max_size=1)
    chain = st.builds(lambda some, end: Sequential((*some, end)), before, last)
    return tuple(
        draw(st.lists(st.one_of(chain, chain, st.just(Sequential())), min_size=1, max_size=3))
    )


def of_same_size(*, image):
    """Draw a layer that keeps height and width, or any for rows of numbers."""
    activated = members(ActivationFunction).map(lambda function: Activation(function))
    if not image:
        return st.one_of(activated, configured(Dense))
    windowed = [
        (Conv2D, "kernel_size"),
        (MaxPooling2D, "pool_size"),
        (AveragePooling2D, "pool_size"),
    ]
    sizes = st.tuples(st.sampled_from([1, 3]), st.sampled_from([1, 3]))  # Keras errs on even ones
    return st.one_of(
        activated,
        *(
            st.builds(
                lambda size, cls=cls, name=name: cls(
                    **{name: size, "padding": "same", "strides": 1}
                ),
                sizes,
            )
            for cls, name in windowed
        ),
    )


def configured(cls):
    """Draw a component of this class; combinations that it refuses are not drawn."""

    @st.composite
    def draw_one(draw):
        values = {p.name: draw(of_field(p)) for p in parameters(cls)}
        try:
            return cls(**values)
        except PlaygroundError:
            return assume(False)

    return draw_one()


def members(family):
    """Draw any component of a family."""
    return st.one_of([configured(cls) for cls in family.registry.values()])
