"""The rows of all tables in one form: names, dates, places and codes as the comparisons read them."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from smart_record.errors import ExtractMalformed
from smart_record.intake.mapping_files.date_forms import parse_date_form
from smart_record.standardise.addresses.free_text import with_address_parts
from smart_record.standardise.addresses.street_words import street_words
from smart_record.standardise.letters import none_if_blank, plain_capitals
from smart_record.standardise.names.name_fields import with_name_parts
from smart_record.standardise.names.name_words import TITLE, as_forename, as_surname
from smart_record.table_linkage.fields import DATE_PARTS
from smart_record.table_linkage.reading import read_table
from smart_record.table_linkage.table_mapping import MappedField, MappedTable, TableMapping

_FEWEST_DATES = 0.5
"""Share of a column that must read as the dates it is declared to hold."""

_TITLES = rf"^(?:{TITLE}\.? +)+"
_TWO = 2


def standard_rows(mapping: TableMapping, files: tuple[Path, ...]) -> pl.DataFrame:
    """Read and standardise all tables.

    Returns:
        One row per row, sorted by table and id, so that the order of files' rows changes nothing. Columns:
        row (u32 from 0), table (u8 from 0), id, person (null where not known) and, where the mapping has them
        in two tables, or in the only one: forename, middle, surname, sex, birth (yyyymmdd), number, street,
        locality, postcode, state, identifier, telephone, email, and other columns under the mapping's name
        with "other." before; and address: number and street, null where not both are known.
    """
    tables = []
    for index, (table, path) in enumerate(zip(mapping.tables, files, strict=True)):
        rows = _standard(read_table(path, table), table, path)
        tables.append(rows.with_columns(table=pl.lit(index, pl.UInt8)))
    held = Counter(name for each in tables for name in each.columns)
    shared = {name for name, times in held.items() if times >= min(len(tables), _TWO)}
    kept = (each.select(name for name in each.columns if name in shared) for each in tables)
    together = pl.concat(kept, how="diagonal").sort("table", "id")
    numbered = {"number", "street"} <= shared
    address = pl.concat_str("number", "street", separator=" ") if numbered else pl.lit(None, pl.String)
    return together.with_columns(address=address).with_row_index("row")


def _standard(rows: pl.DataFrame, table: MappedTable, path: Path) -> pl.DataFrame:
    fields = {field.name: field for field in table.fields}
    columns: dict[str, pl.Expr | pl.Series] = {
        **_names(rows, fields),
        **_birth(rows, fields, path),
        **_place(rows, fields),
        **{name: read(_text(fields[name])) for name, read in _SIMPLE.items() if name in fields},
        **{f"other.{field.name}": plain_capitals(_text(field)) for field in table.fields if field.compare},
    }
    person = pl.col(table.person_column) if table.person_column else pl.lit(None, pl.String)
    return rows.select(id=pl.col(table.id_column), person=person, **columns)


def _text(field: MappedField) -> pl.Expr:
    return pl.concat_str([pl.col(name) for name in field.columns], separator=", ", ignore_nulls=True)


def _digits_and_letters(text: pl.Expr) -> pl.Expr:
    return none_if_blank(text.str.to_uppercase().str.replace_all(r"[^A-Z0-9]", ""))


def _email(text: pl.Expr) -> pl.Expr:
    return none_if_blank(text.str.to_lowercase().str.replace_all(r"\s", ""))


def _digits(text: pl.Expr) -> pl.Expr:
    return none_if_blank(text.str.replace_all(r"[^0-9]", ""))


_SIMPLE = {
    "sex": lambda text: plain_capitals(text).str.slice(0, 1),
    "locality": plain_capitals,
    "postcode": _digits_and_letters,
    "state": plain_capitals,
    "identifier": _digits_and_letters,
    "telephone": _digits,
    "email": _email,
}


def _names(rows: pl.DataFrame, fields: Mapping[str, MappedField]) -> dict[str, pl.Expr | pl.Series]:
    """Names from their own columns, and from the whole name where those are blank or not there."""
    found: dict[str, pl.Series] = {}
    own = {
        "forename": lambda text: as_forename(_bare(text).str.extract(r"^([^ ]+)")),
        "surname": lambda text: as_surname(_bare(text)),
        "middle": _bare,
    }
    if "full_name" in fields:
        whole = rows.select(name=plain_capitals(_text(fields["full_name"])))
        found |= {name: with_name_parts(whole)[name] for name in own}
    for name, read in own.items():
        if name in fields:
            text = plain_capitals(_text(fields[name]))
            typed = rows.select(read(text)).to_series()
            found[name] = typed.zip_with(typed.is_not_null(), found[name]) if name in found else typed
    if "forename" in fields and "middle" not in fields:
        rest = plain_capitals(_text(fields["forename"]))
        typed = rows.select(_bare(rest).str.extract(r"^[^ ]+ +(.+)$")).to_series()
        found["middle"] = typed.zip_with(typed.is_not_null(), found.get("middle", typed))
    return dict(found)


def _bare(text: pl.Expr) -> pl.Expr:
    return none_if_blank(text.str.replace(_TITLES, "").str.strip_chars(" .,"))


def _birth(
    rows: pl.DataFrame, fields: Mapping[str, MappedField], path: Path
) -> dict[str, pl.Expr | pl.Series]:
    """Dates as eight digits, impossible ones too: a slip in a date is still a slip away from it."""
    field = fields.get("date_of_birth")
    if field is None:
        return {}
    if not field.dates:
        widths = dict(zip(DATE_PARTS, (4, 2, 2), strict=True))
        parts = [
            pl.col(column).str.extract(r"^(\d+)").str.zfill(width)
            for column, width in zip(field.columns, widths.values(), strict=True)
        ]
        read = rows.select(pl.concat_str(parts)).to_series()
    else:
        read = rows.select(_eight_digits(pl.col(field.columns[0]), field.dates)).to_series()
    read = read.set(~read.str.contains(r"^\d{8}$").fill_null(value=True), None)
    given = rows[field.columns[0]].count()
    if read.count() < given * _FEWEST_DATES:
        raise ExtractMalformed(
            f"{field.place}: of {given} dates of birth in {path.name}, column {field.columns[0]!r}, "
            f"{read.count()} read as {field.dates or 'year, month and day'}. Put `dates:` right."
        )
    return {"birth": read}


def _eight_digits(text: pl.Expr, shown: str) -> pl.Expr:
    form = parse_date_form(shown)
    assert form is not None  # the mapping was checked
    if "%b" in form.pattern or "%B" in form.pattern:
        return text.str.to_date(form.pattern, strict=False).dt.strftime("%Y%m%d")
    order = sorted(("%Y", "%m", "%d"), key=form.pattern.index)
    widths = {"%Y": r"(\d{4})", "%m": r"(\d{1,2})", "%d": r"(\d{1,2})"}
    loose = text.str.extract_groups(r"[^0-9]+".join(widths[part] for part in order))
    tight = text.str.extract_groups(
        "^" + "".join(widths[part].replace("1,2", "2") for part in order) + r"(?:[^0-9]|$)"
    )
    parts = {
        part: pl.coalesce(loose.struct.field(str(at)), tight.struct.field(str(at)))
        for at, part in enumerate(order, start=1)
    }
    return pl.concat_str(parts["%Y"], parts["%m"].str.zfill(2), parts["%d"].str.zfill(2))


def _place(rows: pl.DataFrame, fields: Mapping[str, MappedField]) -> dict[str, pl.Expr | pl.Series]:
    """House number and street from their own columns, else from the address in lines."""
    found: dict[str, pl.Expr | pl.Series] = {}
    if "address" in fields:
        parts = with_address_parts(rows.select(address=plain_capitals(_text(fields["address"]))))
        number = pl.concat_str("flat", "number", separator="/", ignore_nulls=True)
        found = dict(zip(("number", "street"), parts.select(none_if_blank(number), "street"), strict=True))
    if "number" in fields:
        found["number"] = _digits_and_letters(_text(fields["number"]))
    if "street" in fields:
        found["street"] = street_words(plain_capitals(_text(fields["street"])))
    return found
