"""What the risk model may look at: every feature declared, with the direction in which it may push.

A feature reads one fact and turns it into a number; a fact that is not known stays null and is never
filled in (it is its own point on the scorecard). Refused: facts that were only ever seen on the night of
the extract (they can't be known for a past date), anything that is or stands for a protected
characteristic, and anything by which a request for help could raise a score.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

import polars as pl

from models.errors import FeatureMismatch, FeatureRefused, LeakageFound
from smart_record.facts.declarations import CATALOGUE
from smart_record.facts.terms.catalogue import Fact, column_of
from smart_record.purposes import Purpose


class Encoding(StrEnum):
    """How a fact becomes a number."""

    AMOUNT = "amount"
    DAYS_BEFORE = "days_before"
    SEVERITY = "severity"


class Direction(StrEnum):
    """What a larger value may do to the score; `raises` and `lowers` are kept by the fit and tested."""

    RAISES = "raises"
    LOWERS = "lowers"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One input of the model.

    Attributes:
        name: Dotted name, the fact's own where the value is taken as it is.
        fact: Catalogue name of the fact that it reads.
        encoding: How the fact becomes a number.
        unit: `pence`, `days`, `weeks`, `months`, `payments`, `orders` or `step`.
        window: The stretch of time before the date that it looks back on.
        direction: What a larger value may do to the score.
        cuts: Where the score may step, in `unit`, rising: round figures that an officer recognises.
        levels: For a severity, the number that stands for each choice of the fact.
        imputation: What stands in for a fact that is not known: nothing ever does.
        purpose: Why it is used; the fact must have been collected for it.
    """

    name: str
    fact: str
    encoding: Encoding
    unit: str
    window: str
    direction: Direction
    cuts: tuple[float, ...]
    levels: Mapping[str, float] = field(default_factory=dict)
    imputation: str = "none"
    purpose: Purpose = Purpose.WELFARE_SUPPORT

    @property
    def sources(self) -> tuple[str, ...]:
        """Declared extracts that its fact is derived from."""
        return CATALOGUE[self.fact].sources


REFUSED: Mapping[str, str] = MappingProxyType(
    {
        "household": "who lives there and where is, or stands for, a protected characteristic",
        "benefits": "having claimed or had a benefit may never raise a score",
        "holds": "an officer's mark of vulnerability is health data, and help may never raise a score",
        "council_tax.reduction": "having a reduction may never raise a score",
        "council_tax.reduction_weekly": "having a reduction may never raise a score",
        "council_tax.single_person_discount": "it stands for family status and sex",
        "rent.paid_to_landlord": "having asked for rent to be paid direct may never raise a score",
    }
)
"""Facts, and whole topics of facts, that no feature may read, and why.
Source: Equality Act 2010 s149; UK GDPR Art 9."""


def check_features(features: Iterable[Feature], catalogue: Mapping[str, Fact] = CATALOGUE) -> None:
    """Refuse features that would leak, discriminate or step outside their purpose.

    Raises:
        FeatureMismatch: If a feature reads an unknown fact, or its cuts or levels don't fit the fact.
        LeakageFound: If its fact is a snapshot, known on the extract's date only.
        FeatureRefused: If its fact is on the refused list, or was not collected for the purpose.
    """
    for feature in features:
        fact = catalogue.get(feature.fact)
        if fact is None:
            raise FeatureMismatch(
                f"Feature {feature.name} reads {feature.fact}, which the catalogue does not hold."
                " Name a fact of it."
            )
        _check_lawful(feature, fact)
        _check_shape(feature, fact)


def _check_lawful(feature: Feature, fact: Fact) -> None:
    reason = REFUSED.get(fact.name) or REFUSED.get(fact.name.split(".")[0])
    if reason:
        raise FeatureRefused(f"Feature {feature.name} reads {fact.name}: {reason}. Take the feature out.")
    if not fact.dated:
        raise LeakageFound(
            f"Feature {feature.name} reads {fact.name}, which is known on the extract's own date"
            " only: training would give past dates what was learned later. Use a fact that"
            " the catalogue marks as dated."
        )
    if feature.purpose not in fact.purposes:
        raise FeatureRefused(
            f"Feature {feature.name} is for {feature.purpose}; {fact.name} was not collected for that."
            " Take the feature out or name a purpose that the fact has."
        )


def _check_shape(feature: Feature, fact: Fact) -> None:
    if list(feature.cuts) != sorted(set(feature.cuts)) or not feature.cuts:
        raise FeatureMismatch(f"The cuts of feature {feature.name} must rise, each once: {feature.cuts}.")
    if set(feature.levels) != set(fact.choices if feature.encoding is Encoding.SEVERITY else ()):
        raise FeatureMismatch(
            f"Feature {feature.name} must give one level to each choice of {fact.name}:"
            f" {', '.join(fact.choices)}."
        )


def encode_features(facts: pl.DataFrame, *, as_of: date, features: Iterable[Feature]) -> pl.DataFrame:
    """Turn facts into the numbers the model reads.

    Args:
        facts: One row per household_id, with the fact columns that the features read.
        as_of: The date the facts speak of; dates become days before it.
        features: Which features, in column order.

    Returns:
        Rows as in `facts`. Columns: household_id, then one Float64 column per feature, in its unit;
        null where the fact is not known.

    Raises:
        FeatureMismatch: If a fact column is missing.
        LeakageFound: If a date lies after `as_of`.
    """
    wanted = tuple(features)
    missing = sorted({column_of(one.fact) for one in wanted} - set(facts.columns))
    if missing:
        raise FeatureMismatch(
            f"The facts lack {', '.join(missing)}, which the risk model reads. Derive them first."
        )
    encoded = facts.select("household_id", *(_encoded(one, as_of) for one in wanted))
    dated = [one.name for one in wanted if one.encoding is Encoding.DAYS_BEFORE]
    late = [name for name in dated if encoded.get_column(name).lt(0).any()]
    if late:
        raise LeakageFound(
            f"On {as_of}, {', '.join(late)} would look at a date still to come. Derive facts as of it."
        )
    return encoded


def _encoded(feature: Feature, as_of: date) -> pl.Expr:
    value = pl.col(column_of(feature.fact))
    match feature.encoding:
        case Encoding.AMOUNT:
            number = value.cast(pl.Float64)
        case Encoding.DAYS_BEFORE:
            number = (pl.lit(as_of) - value).dt.total_days().cast(pl.Float64)
        case Encoding.SEVERITY:
            number = value.replace_strict(dict(feature.levels), default=None, return_dtype=pl.Float64)
    return number.alias(feature.name)
