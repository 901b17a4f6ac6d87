"""What of a report decides its rules, ready to be asked of many reports of one edition."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from disclosure_spec.checking.express.answers import ALWAYS, is_idle
from disclosure_spec.checking.express.shape import compile_shape
from disclosure_spec.checking.express.tables import compile_tables
from disclosure_spec.errors import UsageError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from disclosure_spec.checking.express.answers import Answer
    from disclosure_spec.checking.express.shape import Regular
    from disclosure_spec.checking.facts import Facts
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Edition

_MISSING: Final = Wording(
    "成批快速检查需要 msgspec：pip install 'disclosure-spec[fast]'",
    "Fast checking of many reports needs msgspec: pip install 'disclosure-spec[fast]'",
)


class Shortcuts:
    """Take reports of an edition apart, and ask of them what decides each rule.

    Args:
        edition: The edition, with the rules that are in force.
    """

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._idle = [is_idle(rule) for rule in edition.rules]

    @cached_property
    def regular(self) -> Callable[[Document], Regular | None]:
        """Return the function that takes a report apart, if nothing about it is unusual."""
        return compile_shape(self._edition)

    @cached_property
    def tables(self) -> Callable[[bytes], Regular | None]:
        """Return the function that takes a report apart from its bytes, if its tables are plainly written."""
        return compile_tables(self._edition)

    @cached_property
    def typed(self) -> Callable[[bytes], Regular | None]:
        """Return the function that takes a report apart from its bytes, in one step.

        Raises:
            UsageError: `extra.fast`, the library that decodes it is not installed.
        """
        try:
            # Most runs are for one report, which would be read before the library is loaded.
            from disclosure_spec.checking.express.typed import compile_typed  # noqa: PLC0415 - see above
        except ImportError as error:
            raise UsageError("extra.fast", _MISSING) from error
        return compile_typed(self._edition)

    def regardless(self, facts: Facts) -> tuple[Answer, ...]:
        """Return the answers that do not depend on the report at all, whatever its shape."""
        alone = not any(facts.others.values())
        return tuple([ALWAYS if idle and alone else None for idle in self._idle])
