import numpy as np
import pytest
from PySide6.QtCore import QSizeF

from playground.gui.look import theme
from playground.gui.network.columns import Form, columns_of
from playground.gui.network.layout import arrange
from playground.gui.network.pictures import picture
from playground.probes.activations import Activations


def pictures(snapshot, *, ratio=1.0, grey=False, outputs=None):
    outputs = outputs or next(Activations(example=1).compute(snapshot))
    columns = columns_of(snapshot.model, snapshot.dataset, outputs.plane is not None)
    placed = arrange(columns, QSizeF(830, 330), (None, None)).placed
    return placed, [picture(one, outputs, None, ratio, grey) for one in placed]


def pixels(image):
    return np.array(
        [
            [image.pixelColor(x, y).getRgb()[:3] for x in range(image.width())]
            for y in range(image.height())
        ]
    )


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_an_image_is_as_large_as_its_cells(qapp, digits_snapshot, ratio):
    for placed, image in zip(*pictures(digits_snapshot, ratio=ratio), strict=True):
        assert image.width() == pytest.approx(ratio * placed.rect.width(), abs=1)
        assert image.height() == pytest.approx(ratio * placed.rect.height(), abs=1)


def test_the_gaps_of_a_mosaic_let_the_ground_through(qapp, digits_snapshot):
    placed, images = pictures(digits_snapshot)
    side = int(placed[1].body.width)
    assert images[1].pixelColor(side, 5).alpha() == 0
    assert images[1].pixelColor(side - 1, 5).alpha() == 255


def test_the_digit_is_ink_on_paper(qapp, digits_snapshot):
    x = next(Activations(example=1).compute(digits_snapshot)).x
    _, images = pictures(digits_snapshot)
    row, column = np.unravel_index(x[..., 0].argmax(), x.shape[:2])
    scale = images[0].width() / x.shape[1]
    at = int((column + 0.5) * scale), int((row + 0.5) * scale)
    assert images[0].pixelColor(*at).lightness() < 80
    assert images[0].pixelColor(0, 0).name().upper() == theme.tokens().paper


def test_a_failed_run_has_grey_pictures(qapp, spiral_snapshot):
    for image in pictures(spiral_snapshot, grey=True)[1]:
        red, green, blue = np.moveaxis(pixels(image).astype(int), -1, 0)
        assert np.abs(red - green).max() <= 2
        assert np.abs(green - blue).max() <= 2


def test_neurons_over_the_plane_have_round_corners(qapp, spiral_snapshot):
    placed, images = pictures(spiral_snapshot)
    assert placed[1].column.form is Form.NODES
    assert images[1].pixelColor(0, 0).alpha() == 0


def test_answers_that_are_not_finite_are_drawn_as_nothing(qapp, digits_snapshot):
    outputs = next(Activations().compute(digits_snapshot))
    broken = type(outputs)(
        outputs.model,
        outputs.row,
        outputs.x,
        outputs.y,
        {path: np.full_like(answer, np.nan) for path, answer in outputs.answers.items()},
        None,
    )
    assert all(image is not None for image in pictures(digits_snapshot, outputs=broken)[1])
