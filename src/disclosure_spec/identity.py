"""Which edition a document says it follows."""

from __future__ import annotations

from disclosure_spec._typing import TYPE_CHECKING
from disclosure_spec.document import get_at
from disclosure_spec.errors import InputError, UsageError
from disclosure_spec.wording import Wording

if TYPE_CHECKING:
    from disclosure_spec.document import Document
    from disclosure_spec.edition import Catalogue, Edition


def edition_of(document: Document, catalogue: Catalogue) -> Edition:
    """Return the edition a document names.

    Raises:
        InputError: The document does not name its edition and the version of the specification, or there
            is no such edition; nothing similar is taken in its place.
    """
    version, name = get_at(document, "/spec_version"), get_at(document, "/form_edition")
    # 2021 is not "2021": a second form in one year would be called "2021-2", so editions are names.
    if not isinstance(version, str) or not isinstance(name, str):
        raise InputError(
            "document.no_edition",
            Wording(
                "文档没有写明spec_version和form_edition（如“1.0”“2021”），无法确定所用格式。",
                'The document must name spec_version and form_edition as text, such as "1.0" and "2021".',
            ),
        )
    try:
        return catalogue.edition(name, version)
    except UsageError as error:
        # What a document names is input, not an option of the caller.
        raise InputError(error.code, error.wording) from error
