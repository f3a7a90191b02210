"""What clerks write behind a name: who takes the post in, what the person is, honours, names borne before."""

import polars as pl

from smart_record.standardise.letters import none_if_blank
from smart_record.standardise.names.name_words import TITLE
from smart_record.standardise.usual_forms import unless_usual

_CARE_OF = r" *\b(?:C ?/ ?O|T ?/ ?A|TRADING AS)\b.*$"
_WHAT_THEY_ARE = (
    r"(?:(?:SOLE|JOINT|LEAD|NEW|FORMER|EX)? ?(?:TENANTS?|STUDENTS?|OCCUPIERS?|OCCUPANTS?|RESIDENTS?)|JOINT|"
    r"GONE AWAY|MOVED(?: OUT| AWAY)?|ABSCONDED|BANKRUPT|DNC|POA|APPOINTEE)"
)
_STATUS = rf"(?: *\({_WHAT_THEY_ARE}\)| *[/-] *{_WHAT_THEY_ARE}$)"
_UNNAMED = (
    r" *(?:&|\+|\bAND\b) *"
    r"(?:[1-9]|(?:(?:[1-9]|ONE|TWO|THREE) )?(?:OTHERS?|ORS?)|ANOTHER|ANR|FAMILY|PARTNER|WIFE|HUSBAND|SPOUSE)$"
)
_NOT_KNOWN = r"\b(?:UNKNOWN|NOT KNOWN|NOT GIVEN|LNU|FNU|X{3,})\b"
_IN_PLACE_OF_A_NAME = rf"[ ,]*{_NOT_KNOWN}[ ,]*"
REMARK = rf"{_CARE_OF}|{_STATUS}|{_UNNAMED}|{_NOT_KNOWN}"
"""What a name field holds beside names, as a pattern."""

_HONOUR = r"(?:JNR|JR|SNR|SR|III|ESQ|ESQUIRE|MBE|OBE|CBE|BEM|PHD)"
_HONOURS = rf"(?: +{_HONOUR})+$"
_GENERATION = rf" \(?(J|S)N?R\.?\)?(?: +{_HONOUR})*$"
_KNOWN_AS_WITH_STROKES = r"\b([AF])/K/A\b"
_BORN = r"[ (-]+(?:NEE|NEE:|FORMERLY|PREVIOUSLY|AKA|A/K/A|FKA|F/K/A|ALSO KNOWN AS|KNOWN AS)[: ]+"
_FORMER_NAME = rf"{_BORN}(?:[^ ]+ )*?([A-Z'-]+) *\)?$"
BEHIND_A_NAME = r"^(?:JNR|JR|SNR|SR|III|ESQ|ESQUIRE|MBE|OBE|CBE|BEM|PHD|NEE|FORMERLY|PREVIOUSLY|AKA|FKA)$"
"""Words that are no part of the name before them, as a pattern."""

_TITLES = rf"\b{TITLE}\b"
_NO_NAME = r"^(?:UNKNOWN|UNK|NOT KNOWN|NOT GIVEN|NONE|NO NAME|NO SURNAME|LNU|FNU|N/?A|N/?K|TBC|TBA|X{2,})$"


def without_remarks(field: pl.Expr) -> pl.Expr:
    """A name field without what is said of the persons it names.

    That is what follows `C/O` or `T/A` (an address, or the name of a business), what they are (`(TENANT)`),
    those who are not named (`& FAMILY`), and what stands for a name of somebody who has but one (`LNU`).
    `A/K/A` becomes `AKA`.
    """
    told = field.str.replace_all(_KNOWN_AS_WITH_STROKES, "${1}KA")  # a stroke would part two people
    for remark in (_CARE_OF, _STATUS, _UNNAMED):
        told = told.str.replace(remark, "")
    told = told.str.strip_chars()
    named = told.str.replace_all(_IN_PLACE_OF_A_NAME, " ").str.strip_chars()
    somebody = named.str.replace_all(_TITLES, "").str.contains("[A-Z]{2}")
    return none_if_blank(pl.when(somebody).then(named).otherwise(told))


def without_honours(name: pl.Expr) -> pl.Expr:
    """A name without the letters behind it, and a former surname as half of a double one.

    `JOAN PARROTT (NEE HAIGH)` is `JOAN PARROTT-HAIGH`: she may be met under either.
    """
    return name.str.replace(_HONOURS, "").str.replace(_FORMER_NAME, "-$1").str.replace(_HONOURS, "")


def generation(name: pl.Expr) -> pl.Expr:
    """`S` for a senior and `J` for a junior: a parent and a child of one name; null where it is not said."""
    return name.str.extract(_GENERATION)


def unless_no_name(field: pl.Expr) -> pl.Expr:
    """A forename or surname field; null where it says that there is none (`LNU`, `UNKNOWN`)."""
    return unless_usual(
        field,
        lambda other: pl.when(~other.str.contains(_NO_NAME)).then(other),
        usual=lambda text: ~text.str.contains(_NO_NAME),
        simple=lambda text: text,
    )
