"""What every neuron of 2-8-8-8-1 says all over the plane, the decision map among them."""

import numpy as np

from tests.benchmarks.contest import Contest, JavaScriptPeer, Peer
from tests.benchmarks.inputs import Repeated, chequers, start_weight
from tests.benchmarks.workloads.tiny_nets import LARGE, javascript_weights, names, project

SIDE = 100


def extent():
    """Return the corners of the plane that the points lie in, with the margin of our view."""
    x, _ = chequers()
    low, high = x.min(axis=0), x.max(axis=0)
    margin = 0.05 * (high - low)
    return low - margin, high + margin


def ours():
    from dataclasses import replace

    from playground.probes.activations import Activations
    from playground.training.trainer import Trainer
    from tests.benchmarks.sides import ours

    chosen, dataset = project(LARGE, 10)
    layout, flat = ours.weights_for(chosen.model, (2,))
    snapshot = replace(Trainer(chosen, dataset).snapshot(), weights=layout.views(flat))
    probe = Activations(resolution=SIDE)

    def check():
        (answer,) = probe.compute(snapshot)
        layers = [maps for path, maps in answer.plane.maps.items() if path]
        return {"maps": np.concatenate(layers, axis=-1).reshape(SIDE * SIDE, -1)}

    return Repeated(ours.VERSIONS, lambda: list(probe.compute(snapshot)), check)


def pytorch(threads):
    import torch

    from tests.benchmarks.sides import pytorch

    pytorch.set_up(threads)
    (left, bottom), (right, top) = extent()
    across, down = np.linspace(left, right, SIDE), np.linspace(top, bottom, SIDE)
    grid = np.stack(np.meshgrid(across, down), axis=-1).reshape(-1, 2).astype(np.float32)
    points = torch.from_numpy(grid)
    layers = [
        (
            torch.from_numpy(start_weight(f"{name}/kernel", (inputs, units)).T.copy()),
            torch.from_numpy(start_weight(f"{name}/bias", (units,))),
        )
        for name, inputs, units in zip(names(LARGE), LARGE, LARGE[1:], strict=False)
    ]

    @torch.inference_mode()
    def maps():
        found, x = [], points
        for kernel, bias in layers:
            x = torch.tanh(torch.nn.functional.linear(x, kernel, bias))
            found.append(x)
        return found

    return Repeated(pytorch.VERSIONS, maps, lambda: {"maps": torch.cat(maps(), 1).numpy()})


def javascript():
    low, high = extent()
    return {
        "work": "map", "sizes": LARGE, "batch": 1, "rate": 0.0, "x": [], "y": [],
        "weights": javascript_weights(LARGE),
        "side": SIDE, "low": low.tolist(), "high": high.tolist(), "units": sum(LARGE[1:]),
    }  # fmt: skip


PARTS = (
    Contest(
        "Decision map and all 25 neuron maps of 2-8-8-8-1, 100x100",
        {"playground": ours},
        (
            JavaScriptPeer("nn.ts", "nn", javascript, gate=50.0, aim=100.0),
            JavaScriptPeer("ConvNetJS", "convnetjs", javascript),
            Peer("PyTorch", pytorch, ({"threads": 2}, {"threads": 1})),
        ),
        unit="ms",
    ),
)
