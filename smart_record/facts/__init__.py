"""Facts about a household as of a date: the catalogue and how each is derived."""

from smart_record.facts.derive import PreparedRecords, derive_facts, prepare_records
from smart_record.facts.records.membership import RecordsInconsistent

__all__ = ["PreparedRecords", "RecordsInconsistent", "derive_facts", "prepare_records"]
