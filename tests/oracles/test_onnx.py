"""ONNX's own backend tests of single operators, and its models converted from PyTorch."""

import re
import warnings
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx.backend.test.loader import load_model_tests

from tests.oracles.onnx_adapter import MOVES, OPERATORS, run_model
from tests.oracles.onnx_exclusions import NOT_OURS
from tests.oracles.onnx_windows import UnsupportedError

pytestmark = pytest.mark.oracle

AT_LEAST = {"node": 183, "pytorch-converted": 50, "pytorch-operator": 11}
"""Cases that run through our layers; the suites are pinned with onnx's version."""
REASONS = {name: reason for reason, names in NOT_OURS.items() for name in names.split()}


def model_of(case):
    return case.model or onnx.load(Path(case.model_dir) / "model.onnx")


def is_ours(case):
    """Tell whether a model has operators that we have; not one in which ONNX spells them out."""
    types = {node.op_type for node in model_of(case).graph.node}
    glued = types <= OPERATORS.keys() | MOVES.keys() and bool(types & OPERATORS.keys())
    return glued and "_expanded" not in case.name


def cases():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it makes the data for all its operators
        return [
            (kind, case)
            for kind in AT_LEAST
            for case in sorted(load_model_tests(kind=kind), key=lambda case: case.name)
            if is_ours(case)
        ]


ALL = cases()
RUN = [(kind, case) for kind, case in ALL if case.name not in REASONS]
REFUSED = [(kind, case) for kind, case in ALL if case.name in REASONS]


def name(value):
    return getattr(value, "name", value)


def data_sets(case):
    """Return pairs of inputs and wanted outputs."""
    if case.data_sets:
        return case.data_sets
    folders = sorted(Path(case.model_dir).glob("test_data_set_*"))
    return [(stored(folder, "input"), stored(folder, "output")) for folder in folders]


def stored(folder, kind):
    files = sorted(folder.glob(f"{kind}_*.pb"), key=lambda file: int(file.stem.split("_")[1]))
    tensors = (onnx.TensorProto.FromString(file.read_bytes()) for file in files)
    return [onnx.numpy_helper.to_array(tensor) for tensor in tensors]


def in_float64(value):
    is_real = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value.astype(np.float64) if is_real else value


@pytest.mark.parametrize(("kind", "case"), RUN, ids=name)
def test_our_layers_answer_as_onnx_wants(kind, case):
    for inputs, wanted in data_sets(case):
        outputs = run_model(model_of(case), [in_float64(value) for value in inputs])
        assert outputs[0] is not None
        for ours, theirs in zip(outputs, wanted, strict=True):
            if ours is not None:
                assert ours.shape == theirs.shape
                np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("kind", "case"), REFUSED, ids=name)
def test_what_is_left_out_has_its_reason(kind, case):
    inputs, _ = data_sets(case)[0]
    with pytest.raises(UnsupportedError, match=re.escape(REASONS[case.name])):
        run_model(model_of(case), [in_float64(value) for value in inputs])


def test_no_fewer_cases_run_than_before():
    assert {kind: sum(of == kind for of, _ in RUN) for kind in AT_LEAST} == AT_LEAST
    assert REASONS.keys() == {case.name for _, case in REFUSED}
