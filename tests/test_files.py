import errno
import os
import stat
import sys
import time

import pytest

from playground.errors import FileError
from playground.files import write_atomically


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_the_file_holds_what_was_written_and_nothing_else_is_left(tmp_path):
    write_atomically(tmp_path / "a.bin", b"new")
    assert contents(tmp_path) == {"a.bin": b"new"}


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match=r"a\.bin cannot be written: No space left"):
        write_atomically(path, b"new")
    assert contents(tmp_path) == {"a.bin": b"old"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pwrite to lose bits with")
def test_a_disk_that_loses_bits_is_noticed_and_the_old_file_kept(tmp_path, monkeypatch):
    path = tmp_path / "a.bin"
    path.write_bytes(b"old")

    def lose_a_bit(descriptor):
        os.pwrite(descriptor, b"m", 0)

    monkeypatch.setattr(os, "fsync", lose_a_bit)
    with pytest.raises(FileError, match="reads back differently"):
        write_atomically(path, b"new", keep_previous=True)
    assert contents(tmp_path) == {"a.bin": b"old"}


def test_one_previous_generation_is_kept(tmp_path):
    for content in (b"1", b"2", b"3"):
        write_atomically(tmp_path / "a.bin", content, keep_previous=True)
    assert contents(tmp_path) == {"a.bin": b"3", "a.bin~": b"2"}


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(FileError, match="folder that exists"):
        write_atomically(tmp_path / "no" / "a.bin", b"")


def test_what_a_crash_left_is_removed_but_not_what_another_program_is_writing(tmp_path):
    old, fresh = tmp_path / ".a.bin.1.tmp", tmp_path / ".a.bin.2.tmp"
    for file in (old, fresh):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    write_atomically(tmp_path / "a.bin", b"new")
    assert set(contents(tmp_path)) == {"a.bin", fresh.name}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes and links")
def test_modes_and_links_outlive_a_replacement(tmp_path):
    path, link = tmp_path / "a.bin", tmp_path / "link.bin"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
