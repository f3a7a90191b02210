"""Intake: the night's extracts checked, typed and told apart into what is accepted and what is set aside.

What each file must hold is declared once (`sources`); where a supplier keeps it, a mapping file says. Only
declared columns are read. No row is dropped in silence, and no row's fault stops the run.
"""

from smart_record.intake.intake import Intake, take_in
from smart_record.intake.mapping_files.folder import copy_default_mappings

__all__ = ["Intake", "copy_default_mappings", "take_in"]
