"""Any table by a mapping: the council model's way of learning, checking and explaining, on other columns.

For trying the machinery on public data, and for a council's data team to try it on tables of its own. What
comes out is a report and a scorecard file; nothing of it queues anyone.
"""

from models.tables.drafting import draft_mapping
from models.tables.errors import TableInvalid, TableMappingInvalid
from models.tables.mapping import TableMapping
from models.tables.mapping_file import read_mapping, write_mapping
from models.tables.reading import TableData, apply_mapping, read_table
from models.tables.trial import Trial, try_table

__all__ = [
    "TableData",
    "TableInvalid",
    "TableMapping",
    "TableMappingInvalid",
    "Trial",
    "apply_mapping",
    "draft_mapping",
    "read_mapping",
    "read_table",
    "try_table",
    "write_mapping",
]
