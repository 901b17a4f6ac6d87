"""Many reports: folders, NDJSON and Parquet; one record for each, in the order of the input.

>>> from disclosure_spec.batch import check_lines, check_many
>>> [record.result.verdict.value for record in check_many([b"{}", b"no report"])]
['cannot_tell', 'cannot_tell']
"""

from disclosure_spec.batch.many import check_files, check_lines, check_many
from disclosure_spec.batch.record import Record

__all__ = ["Record", "check_files", "check_lines", "check_many"]
