"""Columns that intake refuses by their name: special categories of personal data and criminal records.

UK GDPR Art 9(1) forbids processing them without a condition of Art 9(2); Art 10 says the same of criminal
convictions. Back-office extracts carry such columns by default. The product has no use for them.
"""

import re

_WORDS = (
    r"ethnic\w*",
    r"race",
    r"racial\w*",
    r"religio\w*",
    r"faith",
    r"beliefs?",
    r"sexual\w*",
    r"sex_orient\w*",
    r"orientation",
    r"gender_(identity|reassign\w*)",
    r"trans(gender|sexual)\w*",
    r"health",
    r"medical\w*",
    r"diagnos\w*",
    r"disab\w*",
    r"illness",
    r"impairments?",
    r"mental",
    r"hiv",
    r"pregnan\w*",
    r"(trade_)?union_(member\w*|flag|name|code)",
    r"trade_union",
    r"crim",
    r"criminal\w*",
    r"convictions?",
    r"offen(ce|ces|der|ders|ding)",
    r"politic\w*",
    r"biometric\w*",
    r"fingerprints?",
    r"genetic\w*",
    r"dna",
)
_SPECIAL = re.compile(rf"(?:^|_)(?:{'|'.join(_WORDS)})(?:_|$)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def is_special_category(column: str) -> bool:
    """Whether a supplier's column name speaks of a special category.

    Words are matched whole, so that `terrace` is not `race`.

    Source: UK GDPR Arts 9 and 10; Data Protection Act 2018 ss10-11.

    >>> is_special_category("Ethnic Origin"), is_special_category("religionBelief")
    (True, True)
    >>> is_special_category("terrace_no")
    False
    """
    return _SPECIAL.search(in_plain_words(column)) is not None


def in_plain_words(column: str) -> str:
    """A column's name as lower-case words joined by "_", however its system writes it.

    >>> in_plain_words("religionBelief"), in_plain_words("Ethnic Origin")
    ('religion_belief', 'ethnic_origin')
    """
    return _NOT_WORD.sub("_", _CAMEL.sub("_", column).lower())
