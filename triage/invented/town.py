"""The figures of the invented town: how many, who rents, who lives with whom.

The town has the size and tenures of the council the product was first made for: 60,262 households, 143,900
people; 55.6% owned, 21.2% rented privately, 23.2% social. Its name and its postcode area don't exist.
"""

from enum import IntEnum

import numpy as np

TOWN_HOUSEHOLDS = 60_262
TOWN_PEOPLE = 143_900
TOWN_NAME = "Aldersby"
POSTCODE_AREA = "AE"  # no postcode area of the United Kingdom

GROUPS = ("british", "south_asian", "east_european", "middle_eastern", "african")
GROUP_SHARES = (0.80, 0.078, 0.053, 0.042, 0.027)


class Tenure(IntEnum):
    """How a household holds its home; the order of `TENURES`."""

    OWNER = 0
    PRIVATE = 1
    SOCIAL = 2


class Kind(IntEnum):
    """Who lives in a household; the order of `KINDS`."""

    SINGLE = 0
    COUPLE = 1
    FAMILY = 2
    LONE = 3
    PENSIONER = 4
    PENS_COUPLE = 5
    MULTI = 6
    SHARERS = 7


class Place(IntEnum):
    """Someone's place in their household."""

    HEAD = 0
    PARTNER = 1
    GROWN_CHILD = 2
    CHILD = 3
    SHARER = 4


TENURES = ("owner", "private", "social")
TENURE_SHARES = (0.556, 0.212, 0.232)
KINDS = ("single", "couple", "family", "lone", "pensioner", "pens_couple", "multi", "sharers")
KIND_SHARES = np.array(
    [
        [0.135, 0.205, 0.285, 0.055, 0.130, 0.120, 0.065, 0.005],
        [0.360, 0.150, 0.205, 0.150, 0.040, 0.020, 0.020, 0.055],
        [0.225, 0.095, 0.215, 0.210, 0.150, 0.050, 0.040, 0.015],
    ]
)
"""Kinds (columns) within each tenure (rows)."""

COUPLED = (Kind.COUPLE, Kind.FAMILY, Kind.PENS_COUPLE, Kind.MULTI)
ALONE = (Kind.SINGLE, Kind.LONE, Kind.PENSIONER)
PENSION_AGE = (Kind.PENSIONER, Kind.PENS_COUPLE)

SHARED_HOUSE_SHARE = 0.5
"""Of private tenants who live alone, those with a room in a shared house."""
YEARS_IN_HOME = (15.0, 4.5, 10.0)
"""Mean years at one address, by tenure."""
