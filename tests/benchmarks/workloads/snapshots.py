"""What it costs the training thread to let the window look: a copy of all that views may see."""

from tests.benchmarks.contest import Contest
from tests.benchmarks.inputs import Repeated


def convnet(steps):
    from playground.training.presets import load_preset
    from tests.benchmarks.inputs import digits
    from tests.benchmarks.sides import ours

    return _snapshots(load_preset("digits-cnn"), ours.classes(*digits(2048)), steps)


def mlp(steps):
    from tests.benchmarks.workloads.mlp import our_project

    return _snapshots(*our_project(32), steps)


def _snapshots(project, dataset, steps):
    from playground.training.trainer import Trainer
    from tests.benchmarks.sides import ours

    trainer = Trainer(project, dataset)
    trainer.play()
    for _ in range(steps):
        trainer.train_step()
    return Repeated(ours.VERSIONS, trainer.snapshot)


PARTS = (
    Contest("A snapshot of the MNIST convnet", {"playground": convnet}, (), {"steps": 16}, "ms"),
    Contest(
        "A snapshot of the MLP after 2,000 steps", {"playground": mlp}, (), {"steps": 2000}, "ms"
    ),
)
