"""What is saved is the same whatever is spoken, and can be read whatever is spoken then."""

import pytest

from playground.language import speak
from playground.training.presets import load_preset
from playground.training.storage import load_project, save_project
from playground.training.templates import project_for
from playground.training.trainer import Trainer


@pytest.fixture
def english_afterwards():
    yield
    speak("en")


def saved(path, code, project):
    """Train a project a little, with everything said in one language, and save it."""
    speak(code)
    trainer = Trainer(project, project.source.load())
    trainer.play()
    trainer.train_step()
    save_project(path, trainer.project, trainer.state())
    return path.read_bytes()


@pytest.mark.parametrize("preset", ["spiral", "iris", "next-word-english", "digits-8x8"])
def test_a_project_says_the_same_in_every_language(preset, tmp_path, english_afterwards):
    english, italian = (
        saved(tmp_path / f"{code}.nnproj", code, load_preset(preset)) for code in ("en", "it")
    )
    assert english == italian


def test_a_project_made_for_data_is_named_the_same(english_afterwards):
    source = load_preset("next-word-italian").source
    titles = set()
    for code in ("en", "it"):
        speak(code)
        titles.add(project_for(source, source.load()).title)
    assert titles == {"Italian sentences"}


def test_a_project_of_one_language_goes_on_in_another(tmp_path, english_afterwards):
    saved(tmp_path / "it.nnproj", "it", load_preset("spiral"))
    speak("en")
    project, state = (found := load_project(tmp_path / "it.nnproj")).project, found.state
    trainer = Trainer(project, project.source.load(), state)
    assert (trainer.step, trainer.dataset.classes) == (1, ("diamonds", "circles"))


def test_what_data_tells_follows_the_language(tmp_path, english_afterwards):
    project = load_preset("penguins")
    dataset = project.source.load()
    speak("it")
    assert dataset.notes[0].startswith("I valori mancanti sono diventati la mediana")
    speak("en")
    assert dataset.notes[0].startswith("Missing values became the median")
