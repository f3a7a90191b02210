"""Matching: who is who across the extracts, who lives together, and ids that stay from night to night."""

from smart_record.linkage.matching import Linkage, match

__all__ = ["Linkage", "match"]
