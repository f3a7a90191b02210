"""Columns that may not be features, told by their names: they may be audited by, never learned from."""

import re

from smart_record.intake.declared.special_categories import in_plain_words, is_special_category

_STAND_INS = (
    r"sex",
    r"gender",
    r"male",
    r"female",
    r"marital\w*",
    r"marriage",
    r"married",
    r"civil_(partner\w*|status)",
    r"maternity",
    r"language\w*",
    r"nationalit\w*",
    r"native(_country)?",
    r"country_of_birth",
    r"birth_?(place|country)",
    r"citizenship",
    r"foreign\w*",
    r"immigra\w*",
    r"(fore|sur|sir|last|first|full|given|family|maiden)_?names?",
    r"name",
    r"caste",
    r"tribe",
    r"relationship",
    r"personal_status\w*",
    r"ward",
    r"post_?code",
    r"zip(_?code)?",
)
_STANDS_IN = re.compile(rf"(?:^|_)(?:{'|'.join(_STAND_INS)})(?:_|$)")


def why_refused(column: str) -> str:
    """Say why a column may not be a feature; "" where it may.

    Words are matched whole. Age is not on the list, as credit and benefit law turn on it; audit by it.

    Source: UK GDPR Arts 9 and 10; Equality Act 2010 ss4-12.

    >>> why_refused("Sex"), why_refused("sextant")
    ('it is, or stands in for, a protected characteristic', '')
    """
    if is_special_category(column):
        return "it is special-category or criminal-record data (UK GDPR Arts 9 and 10)"
    protected = _STANDS_IN.search(in_plain_words(column))
    return "it is, or stands in for, a protected characteristic" if protected else ""
