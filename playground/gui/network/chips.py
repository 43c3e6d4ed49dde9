"""What the chip at the pointer says: names and numbers of a neuron, a feature map or a weight."""

from __future__ import annotations

from playground.gui.network.captions import DASH, number, signed
from playground.gui.network.columns import Column, Form
from playground.gui.network.hit import Target
from playground.gui.network.painting import Scene
from playground.gui.network.placed import Placed
from playground.language import grouped, tr
from playground.nn.arrays import Array, Weights
from playground.nn.paths import LayerPath
from playground.probes.activations import Outputs, Plane


def chip_text(
    scene: Scene,
    target: Target,
    weights: Weights,
    outputs: Outputs | None,
    layer: LayerPath | None,
) -> str:
    """Return the words for what is under the pointer.

    ``weights`` are those of the layer that the target belongs to (for a line, of the layer it
    leads to); ``layer`` is the one whose answers the column shows.
    """
    if target.line is not None:
        return _line_text(scene, target)
    placed = scene.layout.placed[target.column]
    if target.unit is None:
        return _column_text(placed.column)
    lines = [unit_name(placed.column, target.unit)]
    lines += _answer_lines(placed, target, outputs, layer)
    if placed.column.form not in (Form.STRIP, Form.SLIM, Form.JOIN):
        lines += _weight_lines(weights, target.unit)
    return "\n".join(lines)


def unit_name(column: Column, unit: int) -> str:
    """Return what a unit is called: its label, or its kind and number from 1."""
    if unit < len(column.labels):
        return column.labels[unit]
    if column.form in (Form.MAPS, Form.IMAGE) or (column.layers and len(column.shape) == 3):
        return tr("map {0}").format(unit + 1)
    if column.form is Form.STRIP or column.layer is None:
        return tr("input {0}").format(unit + 1)
    return tr("neuron {0}").format(unit + 1)


def _line_text(scene: Scene, target: Target) -> str:
    lines = scene.lines[target.column]
    joint = scene.layout.joints[target.column]
    left, right = scene.layout.placed[joint.left], scene.layout.placed[joint.right]
    first, second = lines.joined[target.line].tolist()
    sources, targets = left.anchors[first][1], right.anchors[second][1]
    if scene.unit is not None and scene.layer is not None:
        sources = (scene.unit,) if scene.layer in left.column.layers else sources
        targets = (scene.unit,) if scene.layer in right.column.layers else targets
    value = float(lines.values[target.line])
    names = f"{_group_name(left.column, sources)} → {_group_name(right.column, targets)}"
    if right.column.form is Form.MAPS:
        text = tr("kernel norm {0}")
        return f"{names}\n{text.format(number(abs(value)))}"
    if len(sources) * len(targets) == 1:
        return f"{names}\nw = {signed(value)}"
    text = tr("mean of {0} weights {1}")
    return f"{names}\n{text.format(grouped(len(sources) * len(targets)), signed(value))}"


def _group_name(column: Column, units: tuple[int, ...]) -> str:
    if len(units) == 1:
        return unit_name(column, units[0])
    if not units:
        return column.name
    if column.labels:
        return f"{unit_name(column, units[0])} … {unit_name(column, units[-1])}"
    if len(units) == units[-1] - units[0] + 1:
        return f"{unit_name(column, units[0])}{DASH}{units[-1] + 1}"
    return f"{unit_name(column, units[0])} … {units[-1] + 1}"


def _column_text(column: Column) -> str:
    if column.message:
        return ""
    name = f"{column.name} {column.folded}".strip()
    details = ", ".join(text for text in (column.shape_text, column.params_text) if text)
    return f"{name}\n{details}" if details else name


def _answer_lines(
    placed: Placed, target: Target, outputs: Outputs | None, layer: LayerPath | None
) -> list[str]:
    if outputs is None or target.unit is None:
        return []
    if placed.column.has_maps and outputs.plane is not None and target.share is not None:
        return [_map_text(outputs.plane, layer or (), target)]
    answers = outputs.answers[layer or ()]
    return [_activation_text(answers, target.unit)]


def _activation_text(answers: Array, unit: int) -> str:
    if answers.ndim >= 2:
        values = answers[..., unit]
        text = tr("activation: mean {0}, max {1}")
        return text.format(number(float(values.mean())), number(float(values.max())))
    text = tr("activation {0}")
    return text.format(number(float(answers[unit])))


def _map_text(plane: Plane, place: LayerPath, target: Target) -> str:
    """Return what the neuron answers at the input under the pointer."""
    values = plane.maps[place]
    assert target.share is not None
    side = len(values)
    column = min(int(target.share[0] * side), side - 1)
    row = min(int(target.share[1] * side), side - 1)
    value = values[row, column, target.unit] if values.ndim == 3 else values[column, target.unit]
    text = tr("activation here {0}")
    return text.format(number(float(value)))


def _weight_lines(weights: Weights, unit: int) -> list[str]:
    lines = []
    kernel, bias = weights.get("kernel"), weights.get("bias")
    if kernel is not None and unit < kernel.shape[-1]:
        text = tr("mean weight {0}")
        lines.append(text.format(signed(float(kernel[..., unit].mean()))))
    if bias is not None and unit < len(bias):
        text = tr("bias {0}")
        lines.append(text.format(signed(float(bias[unit]))))
    return lines
