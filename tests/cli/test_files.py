"""Names and folders as files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from disclosure_spec.cli.files import files
from disclosure_spec.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def make(folder: Path, *names: str) -> list[str]:
    """Write empty files and return their paths, sorted."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return sorted(str(folder / name) for name in names)


def test_folder_stands_for_all_files_below_it(tmp_path: Path) -> None:
    """A folder gives every file in it and below it, sorted."""
    made = make(tmp_path, "乙.html", "甲/b.docx", "甲/a.docx", "甲/内/c.xlsx")

    assert list(files([str(tmp_path)])) == made


def test_what_systems_leave_in_folders_is_passed_over(tmp_path: Path) -> None:
    """Hidden files and folders, lock files of Office and the files of Windows are no reports."""
    make(tmp_path, ".DS_Store", "~$年报.docx", "Thumbs.db", "Desktop.ini", ".git/config", ".~lock.年报.docx#")
    (report,) = make(tmp_path, "年报.docx")

    assert list(files([str(tmp_path)])) == [report]


def test_named_files_keep_their_order_and_are_taken_as_named(tmp_path: Path) -> None:
    """What is named as a file stays as it is, there or not, standard input too."""
    (hidden,) = make(tmp_path, ".年报.html")

    assert list(files(["-", "不存在.html", hidden])) == ["-", "不存在.html", hidden]


def test_file_named_twice_is_taken_once(tmp_path: Path) -> None:
    """A file that is named and also lies in a folder named counts once, where it came first."""
    first, second = make(tmp_path, "a.html", "b.html")

    assert list(files([second, str(tmp_path)])) == [second, first]


@pytest.mark.parametrize("inside", [(), (".DS_Store",)])
def test_folder_without_files_is_wrong_usage(tmp_path: Path, inside: tuple[str, ...]) -> None:
    """A folder that holds no report is named in an error, and not taken for success."""
    make(tmp_path, *inside)

    with pytest.raises(UsageError, match="没有文件") as caught:
        list(files([str(tmp_path)]))

    assert caught.value.code == "folder.empty"


def test_folder_that_cannot_be_listed_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that the system does not open is no folder without reports."""
    make(tmp_path, "甲/a.html")
    scan = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("甲"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)

    with pytest.raises(UsageError, match="甲") as caught:
        list(files([str(tmp_path)]))

    assert caught.value.code == "folder.unreadable"


class TestLinks:
    """Links to files and folders are followed, each folder once."""

    def test_loop_ends(self, tmp_path: Path) -> None:
        """A link to a folder above it gives no file twice and no endless walk."""
        made = make(tmp_path, "甲/a.html", "b.html")
        (tmp_path / "甲" / "上").symlink_to(tmp_path, target_is_directory=True)

        assert list(files([str(tmp_path)])) == made

    def test_linked_folder_is_read(self, tmp_path: Path) -> None:
        """A folder that is linked in counts as one of the folder's own."""
        make(tmp_path, "他处/a.html")
        (tmp_path / "汇总").mkdir()
        (tmp_path / "汇总" / "甲局").symlink_to(tmp_path / "他处", target_is_directory=True)

        assert list(files([str(tmp_path / "汇总")])) == [str(tmp_path / "汇总" / "甲局" / "a.html")]

    def test_link_to_nothing_is_passed_over(self, tmp_path: Path) -> None:
        """A link whose file is gone is no file."""
        made = make(tmp_path, "a.html")
        (tmp_path / "b.html").symlink_to(tmp_path / "没有.html")

        assert list(files([str(tmp_path)])) == made
