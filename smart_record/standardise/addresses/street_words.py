"""The words that streets are called by: abbreviations written out, and what a street's name ends with."""

import polars as pl

from smart_record.standardise.letters import none_if_blank

_STREET_WORDS = {
    "RD": "ROAD",
    "ROD": "ROAD",
    "AV": "AVENUE",
    "AVE": "AVENUE",
    "AVN": "AVENUE",
    "STR": "STREET",
    "STRT": "STREET",
    "ST": "STREET",
    "LN": "LANE",
    "LA": "LANE",
    "LNE": "LANE",
    "CL": "CLOSE",
    "CLO": "CLOSE",
    "CLS": "CLOSE",
    "CLSE": "CLOSE",
    "DR": "DRIVE",
    "DRV": "DRIVE",
    "CRES": "CRESCENT",
    "CRS": "CRESCENT",
    "CRESC": "CRESCENT",
    "CR": "CRESCENT",
    "CT": "COURT",
    "CRT": "COURT",
    "GR": "GROVE",
    "GRO": "GROVE",
    "GRV": "GROVE",
    "GDNS": "GARDENS",
    "GDN": "GARDENS",
    "GDS": "GARDENS",
    "GRDNS": "GARDENS",
    "GARDEN": "GARDENS",
    "GN": "GREEN",
    "GRN": "GREEN",
    "PL": "PLACE",
    "PDE": "PARADE",
    "SQ": "SQUARE",
    "TER": "TERRACE",
    "TERR": "TERRACE",
    "TCE": "TERRACE",
    "WK": "WALK",
    "WY": "WAY",
    "PK": "PARK",
    "HL": "HILL",
    "BVD": "BOULEVARD",
    "BLVD": "BOULEVARD",
    "MT": "MOUNT",
    "VW": "VIEW",
    "HSE": "HOUSE",
    "HO": "HOUSE",
    "BLDGS": "BUILDINGS",
    "BLDG": "BUILDINGS",
    "MWS": "MEWS",
    "WLK": "WALK",
    "WND": "WYND",
    "TWR": "TOWER",
    "TWRS": "TOWERS",
    "HTS": "HEIGHTS",
    "HGTS": "HEIGHTS",
    "MANS": "MANSIONS",
    "MNS": "MANSIONS",
    "LDG": "LODGE",
    "LDGE": "LODGE",
    "PT": "POINT",
    "PNT": "POINT",
    "APTS": "APARTMENTS",
    "VLS": "VILLAS",
    "MDW": "MEADOW",
    "MDWS": "MEADOWS",
    "CRFT": "CROFT",
    "PASS": "PASSAGE",
    "BLDS": "BUILDINGS",
    "CTGS": "COTTAGES",
    "COTTS": "COTTAGES",
    "CTG": "COTTAGE",
    "COTT": "COTTAGE",
    "FM": "FARM",
    "N": "NORTH",
    "NTH": "NORTH",
    "S": "SOUTH",
    "STH": "SOUTH",
    "E": "EAST",
    "W": "WEST",
    "UPR": "UPPER",
    "LWR": "LOWER",
    "GT": "GREAT",
    "LT": "LITTLE",
    "LTL": "LITTLE",
    "SNT": "SAINT",
    "STS": "SAINTS",
    "DOC": "DOCTOR",
    "MNR": "MANOR",
    "CTR": "CENTRE",
    "CENTER": "CENTRE",
}
"""Abbreviations of street words; what `ST` and `DR` mean depends on where they stand (see `street_words`)."""

_WELSH = {"STR": "STRYD", "FFD": "FFORDD", "FFRD": "FFORDD", "FF": "FFORDD", "HL": "HEOL", "HE": "HEOL"}
"""Welsh words that a street's name begins with, shortened; hardly an English one begins so."""

STREET_ENDINGS = sorted(
    {
        "ROAD", "AVENUE", "STREET", "LANE", "CLOSE", "DRIVE", "CRESCENT", "COURT", "GROVE", "GARDENS",
        "GREEN", "PLACE", "SQUARE", "TERRACE", "WALK", "WAY", "BOULEVARD", "MEWS", "RISE", "ROW", "PARADE",
        "GATE", "BANK", "VALE", "VIEW", "HILL", "MOUNT", "WYND", "CIRCUS", "QUAY", "WHARF", "CHARE", "GARTH",
        "DENE", "CROFT", "PATH", "FOLD", "BROW", "EMBANKMENT", "APPROACH", "MEADOWS", "MEADOW", "FIELD",
        "FIELDS", "CROSS", "PASSAGE", "ALLEY", "YARD", "VILLAS", "PROMENADE", "ESPLANADE", "CAUSEWAY",
        "CHASE", "BRAE", "PEND", "STRAND", "HIGHWAY", "BROADWAY", "PADDOCK", "ORCHARD", "LAWNS", "GLADE",
        "COPSE", "RIDGE",
    }
)  # fmt: skip
"""Words a British street name ends with."""

_COMPASS = r"(?:NORTH|SOUTH|EAST|WEST|N|S|E|W|NTH|STH)"
_SHORT_ENDINGS = [short for short, full in _STREET_WORDS.items() if full in STREET_ENDINGS]

STREET_END = rf"(?:{'|'.join([*STREET_ENDINGS, *_SHORT_ENDINGS])})(?: {_COMPASS})?"
"""How a street's name ends, as a pattern: `ROAD`, `RD`, `STREET NORTH`."""


def street_words(street: pl.Expr) -> pl.Expr:
    """A street name with its abbreviations written out: `ST PAULS RD` is `SAINT PAULS ROAD`.

    `ST` is Street at the end, or before `NORTH` there, and Saint elsewhere; so is `DR` Drive or Doctor.
    """
    words = street.str.replace_all("'", "").str.strip_chars()
    for short, full in (("ST", "STREET"), ("DR", "DRIVE")):
        words = words.str.replace(rf"(\w) {short} ({_COMPASS})$", f"$1 {full} $2")
    words = words.str.replace_all(r"\bST (\w)", "SAINT $1").str.replace_all(r"\bDR (\w)", "DOCTOR $1")
    for short, full in _WELSH.items():
        words = words.str.replace(rf"^{short} (\w)", f"{full} $1")
    return none_if_blank(words.str.split(" ").list.eval(pl.element().replace(_STREET_WORDS)).list.join(" "))
