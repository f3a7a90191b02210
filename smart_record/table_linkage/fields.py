"""The fields that a mapping may declare, and which of them are compared together."""

from typing import Final

NAMES: Final = ("full_name", "forename", "middle", "surname")
PLACE: Final = ("address", "number", "street", "locality", "postcode", "state")
CODES: Final = ("identifier", "telephone", "email")
FIELDS: Final = (*NAMES, "sex", "date_of_birth", *PLACE, *CODES)
"""In the order in which messages list them."""

SEVERAL_COLUMNS: Final = ("address",)
"""Fields that may be spread over columns, joined in the order given."""

TAKEN_APART: Final = {"full_name": ("forename", "middle", "surname"), "address": ("number", "street")}
"""Fields that are compared as others: tables may each have them in their own way."""

DATE_PARTS: Final = ("year", "month", "day")
TEXT, CATEGORY = "text", "category"
HOW_TO_COMPARE: Final = (TEXT, CATEGORY)
OTHER: Final = "other"
"""Where a mapping puts what has no field of its own, under names of its choice."""

LINK, DEDUPE, LINK_AND_DEDUPE = "link", "dedupe", "link_and_dedupe"
TASKS: Final = (LINK, DEDUPE, LINK_AND_DEDUPE)
"""link: a person is in each table once, but for doubles that are all but certain;
dedupe: one table; link_and_dedupe: anything goes."""
