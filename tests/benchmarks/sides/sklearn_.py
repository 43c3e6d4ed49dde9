"""scikit-learn's ``MLPClassifier``: epochs of ``fit`` that go on where the last one stopped."""

import warnings

import numpy as np
import sklearn
import threadpoolctl
from sklearn.neural_network import MLPClassifier

from tests.benchmarks.inputs import start_weight


class Training:
    """An MLP with ReLU inside, softmax outside and Adam."""

    def __init__(self, hidden, x, y, batch, threads=2):
        warnings.filterwarnings("ignore", module="sklearn")  # one epoch does not converge
        threadpoolctl.threadpool_limits(threads)
        self.versions = {"scikit-learn": sklearn.__version__}
        self.examples = batch
        self._hidden, self._x, self._y = hidden, x, y
        self._model = self._made(
            solver="adam", max_iter=1, warm_start=True, tol=0.0, n_iter_no_change=10**9
        )

    def _made(self, **options):
        return MLPClassifier(self._hidden, alpha=0.0, batch_size=self.examples, **options)

    def check(self):
        x, y = self._x[: self.examples], self._y[: self.examples]
        model = self._made(
            solver="sgd", momentum=0.0, nesterovs_momentum=False, learning_rate_init=1.0
        )
        model.partial_fit(x, y, classes=np.unique(self._y))  # makes the arrays
        for number, (kernel, bias) in enumerate(zip(model.coefs_, model.intercepts_, strict=True)):
            kernel[...] = start_weight(f"{_name(number)}/kernel", kernel.shape)
            bias[...] = start_weight(f"{_name(number)}/bias", bias.shape)
        before = _weights(model)
        outputs = model.predict_proba(x)
        model.partial_fit(x, y)
        after = _weights(model)
        gradients = {path: before[path] - after[path] for path in before}  # at a rate of 1
        return {"loss": np.asarray(model.loss_), "outputs": outputs, **gradients}

    def run(self, steps):
        an_epoch = len(self._x) // self.examples
        epochs = max(1, round(steps / an_epoch))
        for _ in range(epochs):
            self._model.fit(self._x, self._y)
        return epochs * an_epoch


def _weights(model):
    pairs = enumerate(zip(model.coefs_, model.intercepts_, strict=True))
    return {
        f"{_name(number)}/{name}": array.copy()
        for number, pair in pairs
        for name, array in zip(("kernel", "bias"), pair, strict=True)
    }


def _name(number):
    return f"dense_{number}" if number else "dense"
