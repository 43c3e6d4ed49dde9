import json
import re
import signal
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from playground.cli import main
from playground.cli.metrics import weights_sha256
from playground.training.snapshot import Status
from playground.training.storage import load_project
from playground.training.trainer import Trainer
from tests.data.pictures import write_classes

TINY = ["spiral", "--set", "source.samples=60"]
DIGITS = ["digits-cnn", "--set", "source.examples=200", "--set", "batch_size=16"]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def figures(name="m.json"):
    return json.loads(Path(name).read_text(encoding="utf-8"))


def train(*arguments):
    """Train and return the figures."""
    assert main(["train", *arguments, "--metrics", "m.json"]) == 0
    return figures()


def fails(capsys, *arguments):
    """Return the one line that says why."""
    assert main(["train", *arguments]) == 1
    message = capsys.readouterr().err
    assert message.startswith("playground: ")
    assert message.count("\n") == 1
    return message


def test_a_line_is_printed_for_every_epoch(capsys):
    train(*TINY, "--epochs", "3")
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("epoch")]
    assert [line.split("  ")[0] for line in lines] == ["epoch 1/3", "epoch 2/3", "epoch 3/3"]
    assert "validation loss" in lines[0]
    assert "examples/s" in lines[0]


def test_no_bar_is_drawn_where_stderr_is_no_terminal(capsys):
    train(*TINY, "--epochs", "1")
    assert capsys.readouterr().err == ""


def test_the_metrics_hold_what_scripts_need():
    values = train(*TINY, "--epochs", "2")
    assert values["epochs"] == 2
    assert values["steps"] == 2 * 1
    assert 0 <= values["test_accuracy"] <= 1
    assert values["test_loss"] > 0
    assert values["examples_per_second"] > 0
    assert len(values["weights_sha256"]) == 64


def test_the_sha_is_that_of_the_exported_weights_in_order():
    sha = train(*TINY, "--epochs", "1", "--export", "w.npz")["weights_sha256"]
    with np.load("w.npz") as read:
        assert weights_sha256((dict(read),)) == sha


def test_a_regression_has_an_rmse_and_no_accuracy(folder):
    rows = "".join(f"{n},{2 * n}\n" for n in range(60))
    (folder / "t.csv").write_text("x,y\n" + rows)
    values = train(
        "--csv", "t.csv", "--target", "y", "--epochs", "1", "--set", "source.task=regression"
    )
    assert values["test_accuracy"] is None
    assert values["test_rmse"] > 0


def test_equal_seeds_give_equal_weights_and_other_seeds_others():
    first, again, other = (
        train(*TINY, "--epochs", "1", "--seed", seed)["weights_sha256"] for seed in "778"
    )
    assert first == again != other


@pytest.mark.parametrize("project", [TINY, DIGITS], ids=["spiral", "digits, with dropout"])
def test_a_saved_project_goes_on_as_if_it_had_never_stopped(project):
    train(*project, "--epochs", "2", "--save", "p.nnproj")
    resumed = train("p.nnproj", "--epochs", "4")
    assert resumed["epochs"] == 4
    assert resumed["weights_sha256"] == train(*project, "--epochs", "4")["weights_sha256"]


def test_a_project_all_of_whose_epochs_are_done_says_how_to_go_on(capsys):
    train(*TINY, "--epochs", "1", "--save", "p.nnproj")
    capsys.readouterr()
    assert train("p.nnproj")["steps"] == 1
    assert "--epochs asks for more" in capsys.readouterr().out


def test_a_project_that_learns_on_says_that_it_is_not_saved(capsys):
    train(*TINY, "--epochs", "1", "--save", "p.nnproj")
    assert "Not saved" not in capsys.readouterr().out
    train("p.nnproj", "--epochs", "2")
    assert "Not saved; --save p.nnproj keeps" in capsys.readouterr().out


def test_changing_a_saved_network_starts_anew_and_says_so(capsys):
    train(*TINY, "--epochs", "1", "--save", "p.nnproj")
    values = train("p.nnproj", "--epochs", "2", "--set", "model.layers.0.units=4")
    assert values["steps"] == 2
    assert "starts anew" in capsys.readouterr().out


def test_changing_the_optimizer_of_a_saved_run_keeps_its_weights():
    train(*TINY, "--epochs", "2", "--save", "p.nnproj")
    assert train("p.nnproj", "--epochs", "3", "--set", "optimizer=SGD")["steps"] == 3


def test_weights_are_exported_in_several_formats():
    train(*TINY, "--epochs", "1", "--export", "w.npz", "--export", "w.safetensors")
    with np.load("w.npz") as read:
        np.testing.assert_array_equal(
            read["dense/kernel"], load_file("w.safetensors")["0.weight"].T
        )


def test_a_table_gets_a_network_of_its_own(folder, capsys):
    rows = "".join(f"{n},{n % 7},{'cat' if n % 2 else 'dog'}\n" for n in range(80))
    (folder / "pets.csv").write_text("weight,age,kind\n" + rows)
    train("--csv", "pets.csv", "--target", "kind", "--epochs", "1", "--save", "pets.nnproj")
    assert "Predicts kind: 2 classes" in capsys.readouterr().out
    project = load_project(folder / "pets.nnproj").project
    assert project.model.layers[-1].units == 1
    assert project.source.path.is_absolute()  # so that it opens from any folder


def diverging(*more):
    steep = ["--set", "optimizer=SGD", "--set", "optimizer.learning_rate=100"]
    return ["iris", "--epochs", "3", *steep, *more]


def test_a_diverging_run_ends_with_the_reason_and_the_mend(capsys):
    message = fails(capsys, *diverging())
    assert "Learning rate 100 is too high" in message
    assert "--set optimizer.learning_rate=10" in message


def test_the_last_good_weights_of_a_diverged_run_are_still_written(folder):
    outputs = ["--save", "p.nnproj", "--export", "w.npz", "--metrics", "m.json"]
    assert main(["train", *diverging(*outputs)]) == 1
    with np.load("w.npz") as read:
        assert all(np.isfinite(array).all() and abs(array).max() < 100 for array in read.values())
    assert load_project(folder / "p.nnproj").state is not None
    assert figures()["diverged"]


def test_ctrl_c_stops_after_the_step_and_loses_nothing(folder, monkeypatch):
    healthy = Trainer.train_step

    def interrupted(trainer):
        healthy(trainer)
        if trainer.step == 3:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Trainer, "train_step", interrupted)
    assert main(["train", *TINY, "--save", "p.nnproj"]) == 130
    assert load_project(folder / "p.nnproj").state.step == 3
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nothing"], "Known: .*digits-cnn"),
        (["no.nnproj"], "no such file"),
        (["a.csv"], "train --csv a.csv"),
        (["."], "train --images ."),
        ([], "Name what to train"),
        (["spiral", "--csv", "a.csv"], "Received: --csv, PROJECT"),
        (["--images", "a", "--csv", "a.csv"], "Received: --csv, --images"),
        (["spiral", "--target", "a"], "--csv"),
        (["spiral", "--text", "a.txt"], "Received: --text, PROJECT"),
        (["--text", "a.txt"], "a.txt: there is no such file"),
        (["--csv", "a.csv"], "a.csv: there is no such file"),
        (["spiral", "--epochs", "0"], "epochs must be between 1"),
        (["spiral", "--epochs", "many"], "invalid int value"),
        (["spiral", "--set", "optimizer.learning_rate"], "needs a name and a value"),
        (["spiral", "--set", "optimizer.speed=3"], "no setting 'speed'. Known: learning_rate"),
        (["spiral", "--set", "optimizer.learning_rate=1e9"], "between 0.0 and 100.0"),
        (["spiral", "--set", "model.layers.0.units=lots"], "must be a whole number"),
        (["spiral", "--set", "model.layers.2.units=5"], "give it 2"),
        (["spiral", "--set", "loss=MeanSquaredErrors"], "Known: BinaryCrossentropy"),
        (["iris", "--set", "loss=binary_crossentropy"], "Sigmoid"),
        (["spiral", "--export", "w.pkl"], "w.pkl"),
        (["spiral", "--save", "p.zip"], ".nnproj"),
        (["spiral", "--save", "no/p.nnproj"], "no folder no"),
        (["spiral", "--frobnicate"], "unrecognized arguments"),
    ],
)
def test_a_mistake_is_one_line_that_says_the_mend(arguments, reason, capsys):
    assert re.search(reason, fails(capsys, *arguments))


def test_a_table_that_is_none_is_named(folder, capsys):
    (folder / "bad.csv").write_bytes(b"a,b\n1,2\n1,2,3,4\n")
    assert "bad.csv" in fails(capsys, "--csv", "bad.csv")


def test_a_damaged_project_is_named_and_left_as_it_is(folder, capsys):
    (folder / "p.nnproj").write_bytes(b"PK")
    assert "p.nnproj cannot be opened" in fails(capsys, "p.nnproj")
    assert (folder / "p.nnproj").read_bytes() == b"PK"


def test_a_bug_keeps_its_traceback(monkeypatch):
    def broken(_trainer):
        raise ZeroDivisionError

    monkeypatch.setattr(Trainer, "train_step", broken)
    with pytest.raises(ZeroDivisionError):
        main(["train", *TINY])


def test_the_mean_of_an_epoch_is_over_its_examples(capsys):
    """Batches of 16, 16 and 4 rows: the last one counts less."""
    project = [*TINY, "--set", "batch_size=16", "--set", "optimizer.learning_rate=0"]
    train(*project, "--epochs", "2", "--save", "p.nnproj")
    saved = load_project(Path("p.nnproj"))
    trainer = Trainer(saved.project, saved.project.source.load())
    loss, _ = trainer.evaluate(trainer.dataset.train)
    assert trainer.status is Status.PAUSED
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("epoch")]
    assert all(f"loss {loss:.4f}" in line for line in lines)


def test_early_stopping_is_told_and_in_the_figures(capsys):
    hard = "--set", "early_stopping=EarlyStopping", "--set", "early_stopping.min_delta=9"
    told = train("iris", *hard)
    assert told["epochs"] == 2
    assert told["stopped"] == "No better validation loss for 1 epoch."
    assert told["stopped"] in capsys.readouterr().out


def test_the_number_of_threads_is_among_the_figures():
    assert train(*TINY, "--epochs", "1", "--set", "threads=1")["threads"] == 1


def test_images_of_the_user_s_are_trained_on(tmp_path, capsys):
    write_classes(tmp_path, count=20)
    command = ["train", "--images", str(tmp_path), "--epochs", "2", "--set", "source.size=[8, 8]"]
    assert main(command) == 0
    assert "24 examples to train, 8 to validate, 8 to test" in capsys.readouterr().out


def test_a_text_of_the_user_s_is_learnt(folder, capsys):
    words = "The cat sleeps. A dog eats the fish. Birds sing. " * 40
    (folder / "story.txt").write_text(words, encoding="utf-8")
    assert main(["train", "--text", "story.txt", "--set", "source.context=2"]) == 0
    said = capsys.readouterr().out
    assert "Perplexity to beat, by counting pairs: " in said
    assert "perplexity" in said.splitlines()[-1]
