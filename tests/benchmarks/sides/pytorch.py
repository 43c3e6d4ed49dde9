"""PyTorch in eager mode, set up as fast as it goes: flushed denormals, fused optimizer."""

import numpy as np
import torch
from torch import nn

from tests.benchmarks.inputs import ShuffledRows, noise, start_weight

VERSIONS = {"torch": torch.__version__}
IDENTITY = nn.Identity()


def set_up(threads):
    torch.manual_seed(0)
    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)


def images(x, channels_last):
    """Return images ``(n, height, width, channels)`` in torch's order ``(n, channels, ...)``."""
    tensor = torch.from_numpy(np.ascontiguousarray(x.transpose(0, 3, 1, 2)))
    return tensor.contiguous(memory_format=memory_format(channels_last))


def memory_format(channels_last):
    return torch.channels_last if channels_last else torch.contiguous_format


class Named:
    """The weights of torch's layers under Keras's names and in Keras's layouts.

    ``flattened`` tells of a Linear layer from what image ``(height, width, channels)`` its inputs
    come: torch flattens the channels first, Keras last.
    """

    def __init__(self, layers, flattened=None):
        self._layers, self._flattened = layers, flattened or {}

    def items(self):
        """Yield path, parameter and its shape in Keras, as if every kernel had four axes."""
        for name, layer in self._layers.items():
            if isinstance(layer, nn.BatchNorm2d):
                yield f"{name}/gamma", layer.weight, None
                yield f"{name}/beta", layer.bias, None
                continue
            weight = layer.weight
            if isinstance(layer, nn.Linear):
                shape = (*self._flattened.get(name, (1, 1, weight.shape[1])), weight.shape[0])
            else:
                shape = (*weight.shape[2:], weight.shape[1], weight.shape[0])
            yield f"{name}/kernel", weight, shape
            yield f"{name}/bias", layer.bias, None

    def start(self):
        """Fill in the weights that all sides begin with."""
        with torch.no_grad():
            for path, parameter, shape in self.items():
                if shape is None:
                    weight = start_weight(path, tuple(parameter.shape))
                else:
                    drawn = start_weight(path, self._keras_shape(parameter, shape))
                    weight = drawn.reshape(shape).transpose(3, 2, 0, 1)
                parameter.copy_(torch.from_numpy(weight.copy()).reshape(parameter.shape))

    def gradients(self):
        """Return the gradients by Keras's names, in Keras's layouts."""
        found = {}
        for path, parameter, shape in self.items():
            gradient = parameter.grad.numpy()
            if shape is not None:
                height, width, channels, units = shape
                gradient = gradient.reshape(units, channels, height, width).transpose(2, 3, 1, 0)
                gradient = gradient.reshape(self._keras_shape(parameter, shape))
            found[path] = gradient.copy()
        return found

    @staticmethod
    def _keras_shape(parameter, shape):
        return shape if parameter.ndim == 4 else (parameter.shape[1], parameter.shape[0])


class Training:
    """Forward, backward and update on shuffled rows of data in memory."""

    versions = VERSIONS

    def __init__(self, module, named, x, y, loss, optimizer, batch, answer=IDENTITY):
        named.start()
        self.examples = batch
        self._module, self._named, self._x, self._y = module, named, x, y
        self._loss, self._optimizer, self._answer = loss, optimizer, answer
        self._rows = ShuffledRows(len(x), batch, torch.randperm)

    def check(self):
        rates = {
            layer: layer.p for layer in self._module.modules() if isinstance(layer, nn.Dropout)
        }
        for layer in rates:
            layer.p = 0.0
        x = self._x[: self.examples]
        if x.ndim == 4:
            x = images(noise(tuple(x.permute(0, 2, 3, 1).shape)), channels_last=False)
        outputs = self._module(x)
        loss = self._loss(outputs, self._y[: self.examples])
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        for layer, rate in rates.items():
            layer.p = rate
        answers = {"loss": loss.detach().numpy(), "outputs": self._answer(outputs).detach().numpy()}
        return answers | self._named.gradients()

    def run(self, steps):
        for _ in range(steps):
            rows = self._rows.next()
            x, y = self._x.index_select(0, rows), self._y.index_select(0, rows)
            self._optimizer.zero_grad(set_to_none=True)
            self._loss(self._module(x), y).backward()
            self._optimizer.step()
        return steps
