"""A drawing joins the training of a run that goes on with its weights."""

from dataclasses import replace

import numpy as np

from playground.data.images.drawing import Drawing
from playground.data.sources.mnist import SmallDigits
from playground.nn.parameters import flatten
from playground.training.presets import load_preset
from playground.training.trainer import Trainer

IMAGE = Drawing.of(np.eye(8, dtype=np.float32), "4")


def test_the_run_goes_on_with_its_weights_and_sees_the_drawing():
    project = load_preset("digits-8x8")
    trainer = Trainer(project, SmallDigits().load())
    trainer.play()
    for _ in range(5):
        trainer.train_step()
    before = flatten(trainer.snapshot().weights)
    more = replace(project, source=SmallDigits(drawn=(IMAGE,) * 40))
    trainer.apply(more, more.source.load())

    assert np.array_equal(flatten(trainer.snapshot().weights), before)
    assert trainer.step == 5
    assert len(trainer.dataset.train) == len(project.source.load().train) + 40

    while trainer.epoch < 4:
        trainer.train_step()
    outputs, _ = more.model.forward(trainer.snapshot().weights, IMAGE.image()[None, :, :, None])
    assert outputs.argmax() == 4


def test_without_it_the_drawing_is_nothing_to_the_network():
    """What the test above shows is not what any network would say."""
    project = load_preset("digits-8x8")
    trainer = Trainer(project, SmallDigits().load())
    trainer.play()
    while trainer.epoch < 4:
        trainer.train_step()
    outputs, _ = project.model.forward(trainer.snapshot().weights, IMAGE.image()[None, :, :, None])
    assert outputs.argmax() != 4
