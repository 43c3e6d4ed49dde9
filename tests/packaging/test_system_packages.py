"""packaging/system_packages.py: what the system lacks, and the line that installs it."""

import pytest

import system_packages


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb"}, True),
    ],
)
def test_x11_libraries_are_asked_for_where_qt_uses_x11(environ, wanted):
    assert system_packages.uses_x11(environ) is wanted


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "sudo apt-get update && sudo apt-get install -y libegl1 libgl1"),
        ("dnf", "sudo dnf install -y libglvnd-egl libglvnd-glx"),
        ("pacman", "sudo pacman -S --needed --noconfirm libglvnd"),
    ],
)
def test_the_install_line_names_each_package_once(manager, line):
    assert system_packages.install_line(system_packages.QT[:2], manager) == line


def test_a_missing_library_a_missing_module_and_a_missing_program_are_noticed():
    table = "{} apt dnf pacman"

    assert not system_packages.needs(system_packages.loads, table.format("libnowhere.so.9"))[
        0
    ].is_met()
    assert not system_packages.needs(system_packages.has_module, table.format("nowhere"))[
        0
    ].is_met()
    assert not system_packages.needs(system_packages.has_program, table.format("nowhere"))[
        0
    ].is_met()
    assert system_packages.needs(system_packages.has_module, table.format("venv"))[0].is_met()
