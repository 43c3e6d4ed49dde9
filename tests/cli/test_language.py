"""The language of the command line."""

import pytest

from playground import cli, language
from playground.gui.arguments import window_arguments


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    language.speak("en")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--language", "it", "evaluate", "nothing"],
        ["evaluate", "nothing", "--language", "it"],
        ["evaluate", "--language=it", "nothing"],
    ],
)
def test_the_language_is_said_before_or_after_a_command(arguments, capsys):
    assert cli.main(arguments) == 1
    assert language.spoken() == "it"


@pytest.mark.parametrize("command", [[], ["train"], ["evaluate"], ["screenshot"], ["info"]])
def test_help_is_told_in_the_language(command, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main([*command, "--help", "--language", "it"])
    text = capsys.readouterr().out
    assert end.value.code == 0
    assert "mostra questo aiuto ed esce" in text
    assert not any(word in text for word in (" the ", "options:", "show "))


def test_a_language_that_is_not_there_is_refused(capsys):
    assert cli.main(["--language", "fr", "info"]) == 1
    assert "invalid choice: 'fr'" in capsys.readouterr().err


def test_without_it_nothing_changes(capsys):
    assert cli.main(["evaluate", "nothing"]) == 1
    assert "There is no preset 'nothing'" in capsys.readouterr().err


def test_a_mistake_names_the_command_whose_help_helps(capsys):
    assert cli.main(["evaluate"]) == 1
    assert capsys.readouterr().err.endswith("What there is: playground evaluate --help.\n")


def test_the_window_can_be_asked_for_a_language_too():
    assert window_arguments(["--language", "it", "a.csv"]).language == "it"
    assert window_arguments(["a.csv"]).language == ""
