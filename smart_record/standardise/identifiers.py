"""National Insurance numbers, dates of birth, telephone numbers, emails and postcodes in one form.

What cannot identify a person becomes null here, so that nothing later has to know about it: temporary
numbers, placeholder dates, switchboard numbers. Null is "not known", never "different". A temporary number is
no identifier, but it is made of a day of birth and a sex (`TN230557F`), which are read as such.
"""

from collections.abc import Callable
from datetime import date

import polars as pl

from smart_record.standardise.letters import none_if_blank
from smart_record.standardise.usual_forms import shaped, unless_usual

_NINO = r"^[A-CEGHJ-PR-TW-ZQ][A-CEGHJ-NPR-TW-ZQ]\d{6}$"
"""HMRC's letters (NIM39110), and Q, because QQ is the prefix of examples and of test councils."""

_USUAL_NINO = r"^[A-CEGHJ-PR-TW-ZQ][A-CEGHJ-NPR-TW-ZQ][0-9]{6}[A-Z]?$"

_TEMPORARY_NINO = r"(?i)^ *T ?N ?((?:[0-9] ?){6}[MF]?)"

_NINO_PREFIXES_NEVER_ISSUED = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"]

_PLACEHOLDER_BIRTHS = [date(1900, 1, 1), date(1901, 1, 1), date(1899, 12, 30), date(1899, 12, 31)]

_POSTCODE = r"^[A-Z]{1,2}\d[A-Z\d]?\d[ABD-HJLNP-UW-Z]{2}$"

_USUAL_POSTCODE = r"^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}$"

_USUAL_TELEPHONE = r"^0[1-9][0-9]{8,9}$"
_ONE_DIGIT = rf"^07?(?:{'|'.join(f'{digit}+' for digit in range(10))})$"
"""A number that somebody typed who had none; mobiles begin with 07."""

_USUAL_EMAIL = r"^[!-?A-~]+@[!-?A-~]+\.[!-\-/-?A-~]+$"
"""ASCII without spaces, one @, a full stop behind it."""

_SEXES = {"M": "M", "MALE": "M", "F": "F", "FEMALE": "F"}

_OLDEST_YEARS = 115
_ADULT_YEARS = 16


def nino(text: pl.Expr) -> pl.Expr:
    """Two letters and six digits, whatever follows; null for temporary (TN), impossible or broken numbers."""
    return _unless_usual_nino(text, lambda other: _unless_usual_nino(_run_together(other), _any_nino))


def _unless_usual_nino(text: pl.Expr, careful: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    return unless_usual(text, careful, usual=shaped(_USUAL_NINO), simple=_nino_without_suffix)


def _run_together(text: pl.Expr) -> pl.Expr:
    """Capitals without spaces: nearly all that is not usual is usual then."""
    return text.str.to_uppercase().str.replace_all(" ", "", literal=True)


def _nino_without_suffix(text: pl.Expr) -> pl.Expr:
    return pl.when(~text.str.head(2).is_in(_NINO_PREFIXES_NEVER_ISSUED)).then(text.str.head(8))


def _any_nino(text: pl.Expr) -> pl.Expr:
    bare = text.str.to_uppercase().str.replace_all(r"[^A-Z0-9]", "")
    prefix = bare.str.slice(0, 2).str.replace_all("0", "O").str.replace_all("1", "I")
    digits = bare.str.slice(2, 6).str.replace_all("O", "0").str.replace_all("[IL]", "1")
    whole = prefix + digits
    issued = whole.str.contains(_NINO) & ~prefix.is_in(_NINO_PREFIXES_NEVER_ISSUED)
    return pl.when(issued & (bare.str.len_bytes() >= 8)).then(whole)


def temporary_nino(text: pl.Expr) -> pl.Expr:
    """What a temporary number is made of, as `230557F`: day, month, year, perhaps sex; null for any other."""
    return text.str.extract(_TEMPORARY_NINO).str.replace_all(" ", "", literal=True).str.to_uppercase()


def birth_by_temporary_nino(made_of: pl.Expr, *, as_of: date) -> pl.Expr:
    """The day of birth in a temporary number; null where there is no such day.

    Of the two years that its two digits may mean, the later in which its bearer, an adult, was of age.

    Args:
        made_of: As `temporary_nino` reads it.
        as_of: The day on which the bearer is an adult.
    """
    day, year = made_of.str.head(4), made_of.str.slice(4, 2)
    this, last = (
        pl.concat_str(day, pl.lit(century), year).str.to_date("%d%m%Y", strict=False)
        for century in ("20", "19")
    )
    return pl.when(this.dt.year() <= as_of.year - _ADULT_YEARS).then(this).otherwise(last)


def birth_date(born: pl.Expr, *, as_of: date) -> pl.Expr:
    """The date of birth, null where it is a placeholder, after `as_of` or older than anyone alive."""
    oldest = date(as_of.year - _OLDEST_YEARS, 1, 1)
    believable = born.is_between(oldest, as_of) & ~born.is_in(_PLACEHOLDER_BIRTHS)
    return pl.when(believable).then(born)


def is_weak_birth_date(born: pl.Expr) -> pl.Expr:
    """True for 1 January: a clerk who knows only the year types it, so only the year counts."""
    return (born.dt.month() == 1) & (born.dt.day() == 1)


def sex(text: pl.Expr) -> pl.Expr:
    """M or F, by the letter or the word; null for any other (`Mx`, `Missing`)."""
    said = text.str.to_uppercase().str.strip_chars()
    return said.replace_strict(_SEXES, default=None, return_dtype=pl.String)


def telephone(text: pl.Expr) -> pl.Expr:
    """National digits (`07...`), null where it can't be a telephone number or is one digit repeated."""
    return unless_usual(text, _any_telephone, usual=shaped(_USUAL_TELEPHONE), simple=_unless_one_digit)


def _unless_one_digit(national: pl.Expr) -> pl.Expr:
    return pl.when(~national.str.contains(_ONE_DIGIT)).then(national)


def _any_telephone(text: pl.Expr) -> pl.Expr:
    digits = text.str.replace_all(r"\(0\)", "").str.replace_all(r"[^0-9]", "")
    national = digits.str.replace(r"^(?:00)?44", "0")
    national = (
        pl.when(national.str.len_bytes() == 10)
        .then(national.str.replace(r"^([1-9])", "0$1"))
        .otherwise(national)
    )
    return pl.when(national.str.contains(r"^0\d{9,10}$")).then(_unless_one_digit(national))


def email(text: pl.Expr) -> pl.Expr:
    """Lower case; null where it has not the shape of an address."""
    return unless_usual(
        text, _any_email, usual=shaped(_USUAL_EMAIL), simple=lambda usual: usual.str.to_lowercase()
    )


def _any_email(text: pl.Expr) -> pl.Expr:
    lower = none_if_blank(text.str.to_lowercase().str.replace_all(r"\s", ""))
    return pl.when(lower.str.contains(r"^[^@]+@[^@]+\.[^@.]+$")).then(lower)


def postcode(text: pl.Expr) -> pl.Expr:
    """Capitals without a space; null where it has not the shape of a postcode or is a ZZ99 pseudo-code."""
    capitals = text.str.to_uppercase()
    return unless_usual(capitals, _any_postcode, usual=shaped(_USUAL_POSTCODE), simple=_without_space)


def _without_space(code: pl.Expr) -> pl.Expr:
    return _unless_pseudo(code.str.replace(" ", "", literal=True))


def _unless_pseudo(code: pl.Expr) -> pl.Expr:
    return pl.when(~code.str.starts_with("ZZ")).then(code)


def _any_postcode(capitals: pl.Expr) -> pl.Expr:
    bare = capitals.str.replace_all(r"[^A-Z0-9]", "")
    inward = bare.str.slice(-3, 1).str.replace("O", "0").str.replace("I", "1") + bare.str.slice(-2)
    code = bare.str.head(-3) + inward
    return pl.when(code.str.contains(_POSTCODE)).then(_unless_pseudo(code))
