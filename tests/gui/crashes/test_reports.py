"""The folder of reports, and what one says."""

import json
from dataclasses import replace
from pathlib import Path

import playground
from playground.component import to_config
from playground.data.sources.text import PastedText
from playground.gui.crashes.reports import KEPT, LARGEST, Reports, report, without_data
from playground.training.presets import load_preset


def test_a_report_tells_versions_place_steps_and_project():
    project = load_preset("spiral")
    text = report("ValueError: no", "in line 3", "12:00:00 file.open", to_config(project))
    assert text.startswith("ValueError: no\n")
    assert f"Neural Playground: {playground.__version__}\n" in text
    assert "numpy: " in text
    assert "in line 3" in text
    assert "12:00:00 file.open" in text
    assert json.loads(text[text.index("{") :]) == json.loads(json.dumps(to_config(project)))


def test_what_was_pasted_is_left_out():
    secret = "dear diary " * 50
    project = replace(load_preset("next-word-english"), source=PastedText(text=secret))
    text = report("what", "where", "", to_config(project))
    assert secret.strip() not in text
    assert f"({len(secret)} characters)" in text


def test_long_lists_are_cut():
    cut = without_data({"points": [[1, 2]] * 500, "name": "x"})
    assert cut["name"] == "x"
    assert len(cut["points"]) < 50
    assert cut["points"][-1] == "(500 entries)"


def test_the_name_of_the_user_is_left_out():
    assert str(Path.home() / "x") not in report("what", f"in {Path.home() / 'x'}", "", None)


def test_the_newest_reports_are_kept(tmp_path):
    reports = Reports(tmp_path / "reports")
    written = [reports.write(f"number {n}") for n in range(KEPT + 3)]
    assert reports.paths() == written[: -KEPT - 1 : -1]
    assert reports.paths()[0].read_text() == f"number {KEPT + 2}"


def test_a_report_is_never_large(tmp_path):
    path = Reports(tmp_path).write("begin" + "\u00e8" * LARGEST + "end")
    assert path.stat().st_size <= LARGEST
    assert path.read_bytes().startswith(b"begin")
    assert path.read_bytes().endswith(b"end")


def test_no_place_for_reports_is_no_trouble():
    assert Reports(Path("/dev/null/reports")).write("text") is None
