"""Matching of any tables of people by a mapping: what each column is, and the matcher weighs it itself."""

from smart_record.table_linkage.matching import Matched, match_tables
from smart_record.table_linkage.table_mapping import TableMapping, read_table_mapping

__all__ = ["Matched", "TableMapping", "match_tables", "read_table_mapping"]
