"""What to say of a file that cannot be opened, or is larger than any report."""

from __future__ import annotations

from disclosure_spec._typing import TYPE_CHECKING, Final
from disclosure_spec.errors import InputError
from disclosure_spec.limits import MAX_FILE_BYTES
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

_CANNOT_OPEN: Final = Wording("无法打开“{name}”：{why}。", "Cannot open {name}: {why}.")
_TOO_LARGE: Final = Wording("{name}超过{limit}MB，不是一份报告。", "{name} exceeds {limit} MB: not a report.")
_WHY: Final[Mapping[type[OSError], Wording]] = {
    FileNotFoundError: Wording("没有这个文件或目录", "no such file or folder"),
    PermissionError: Wording("没有权限", "permission denied"),
    IsADirectoryError: Wording("这是目录", "it is a folder"),
}


def not_opened(name: str, error: OSError) -> InputError:
    """Return the error for a file that cannot be opened or read."""
    return InputError("file.unreadable", _CANNOT_OPEN.fill(name=name, why=reason(error)))


def too_large(name: str) -> InputError:
    """Return the error for a file of more than `MAX_FILE_BYTES`."""
    return InputError("file.too_large", _TOO_LARGE.fill(name=name, limit=MAX_FILE_BYTES // 1_000_000))


def reason(error: OSError) -> Wording:
    """Return why a file cannot be read or written."""
    known = next((words for kind, words in _WHY.items() if isinstance(error, kind)), None)
    # The system's own words, in the system's language, are better than none.
    return known or Wording(str(error.strerror), str(error.strerror))
