"""What happens without a display: the digits are learnt all the same, and a report is left."""

from __future__ import annotations

from pathlib import Path

from playground.cli import guarded
from playground.cli.metrics import Figures, figures, write_metrics
from playground.cli.opening import load
from playground.cli.train import introduce, test_line
from playground.cli.training import INTERRUPTED, train
from playground.errors import PlaygroundError
from playground.exporters import exporter_for
from playground.files import write_atomically
from playground.language import grouped, mark, tr, tr_declared
from playground.training.presets import load_preset
from playground.training.project import Project
from playground.training.storage import save_project
from playground.training.trainer import Trainer

FOLDER = "playground-report"
_GUIDE = mark(
    """# {title}

Trained without a display: {epochs} epochs, {steps} steps, {speed} examples a second.
Result: {result}.

![The curves](curves.png)

![The window](window.png)

| file | what |
|---|---|
| `curves.png`, `window.png` | the curves; the window as it stands after this training |
| `metrics.json` | the figures, with the SHA-256 of the weights |
| `weights.npz` | the weights: `numpy.load("weights.npz")["conv2d/kernel"]` |
| `project.nnproj` | the project with its run: `train project.nnproj --epochs 20` goes on |

On a screen, `playground` opens this window. `playground --help` lists the commands.
"""
)


def run() -> int:
    """Train the digits, write the report in the current folder, and return the exit code."""
    print(
        tr(
            "There is no display for the window, so the digits are learnt here in the "
            "terminal.\n(playground --help lists what else can be done without one.)"
        )
    )
    return guarded(lambda: report(load_preset("digits-cnn"), Path(FOLDER)))


def report(project: Project, folder: Path) -> int:
    """Train a project and leave all that came of it in a folder."""
    folder.mkdir(exist_ok=True)
    trainer = Trainer(project, load(project.source))
    introduce(trainer)
    outcome = train(trainer)
    result = figures(trainer, outcome)
    print(test_line(trainer, result))
    exporter_for(Path("weights.npz")).export(folder / "weights.npz", trainer.snapshot())
    save_project(folder / "project.nnproj", trainer.project, trainer.state())
    write_metrics(folder / "metrics.json", result)
    from playground.cli.pictures import draw  # loads Qt, which training needs not

    draw(trainer.snapshot(), trainer.state(), folder)
    _write_guide(folder / "report.md", result, test_line(trainer, result))
    print(tr("Report written to {0}").format(folder.absolute()))
    if outcome.error:
        raise PlaygroundError(outcome.error)
    return INTERRUPTED if outcome.interrupted else 0


def _write_guide(path: Path, result: Figures, sentence: str) -> None:
    text = tr_declared(_GUIDE).format(
        title=tr_declared(result["title"]),
        epochs=grouped(result["epochs"]),
        steps=grouped(result["steps"]),
        speed=grouped(result["examples_per_second"], ".0f"),
        result=" ".join(sentence.split()),
    )
    write_atomically(path, text.encode())
