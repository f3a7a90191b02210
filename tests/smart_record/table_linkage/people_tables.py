"""Small tables of invented people with slips, of which the truth is known."""

import random
from pathlib import Path

import polars as pl

FORENAMES = ["ALICE", "BRIAN", "CLARA", "DEREK", "EDITH", "FRANK", "GRETA", "HAROLD", "IRENE", "JASPER"]
SURNAMES = ["ASHDOWN", "BIRTLES", "CROWHURST", "DUNMORE", "EVERLEIGH", "FAIRBROOK", "GARSIDE", "HOLLOWAY"]
STREETS = ["MILL LANE", "STATION ROAD", "CHURCH STREET", "ELM GROVE", "HIGH STREET", "PARK AVENUE"]
MAPPING = """task: {task}
tables:
{tables}"""
TABLE = """  - name: {name}
    id: ref
    person: whose
    fields:
      forename: first
      surname: last
      date_of_birth: {{column: born, dates: dd/mm/yyyy}}
      number: no
      street: street
      postcode: code
"""


def people(count: int, seed: int) -> list[dict[str, str]]:
    """Invented people; every third lives with the one before and has that surname."""
    draw = random.Random(seed)
    found: list[dict[str, str]] = []
    for number in range(count):
        person = {
            "first": draw.choice(FORENAMES) + draw.choice(["", "", "INA", "ETTE", "SON"]),
            "last": draw.choice(SURNAMES),
            "born": f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/{draw.randint(1935, 2004)}",
            "no": str(draw.randint(1, 90)),
            "street": draw.choice(STREETS),
            "code": f"ZZ{draw.randint(1, 9)} {draw.randint(1, 9)}{draw.choice('ABDE')}{draw.choice('ABDE')}",
            "whose": str(number),
        }
        if number % 3 == 2:
            person |= {name: found[-1][name] for name in ("last", "no", "street", "code")}
        found.append(person)
    return found


def with_slips(person: dict[str, str], draw: random.Random) -> dict[str, str]:
    """The same person as another clerk typed them: one field wrong, sometimes one blank."""
    other = dict(person)
    field = draw.choice(["first", "last", "born", "no", "street"])
    text = other[field]
    at = draw.randrange(len(text) - 1) if len(text) > 1 else 0
    digit = text[at].isdigit()
    other[field] = text[:at] + draw.choice("123456789" if digit else "AEIOU") + text[at + 1 :]
    if draw.random() < 0.2:
        other[draw.choice(["code", "street"])] = ""
    return other


def write(folder: Path, name: str, rows: list[dict[str, str]]) -> Path:
    """One CSV with a reference for each row."""
    frame = pl.DataFrame(rows).with_columns(
        ref=pl.concat_str(
            pl.lit(f"{name}-"), pl.col("whose"), pl.lit("-"), pl.int_range(pl.len()).over("whose")
        )
    )
    path = folder / f"{name}.csv"
    frame.write_csv(path)
    return path


def mapping(folder: Path, task: str, *names: str) -> Path:
    """The mapping of such tables."""
    path = folder / f"{task}.yaml"
    path.write_text(MAPPING.format(task=task, tables="".join(TABLE.format(name=name) for name in names)))
    return path


def two_tables(folder: Path, count: int, seed: int = 3) -> tuple[Path, Path, Path]:
    """A mapping and two tables: all the people in one, two in three of them with slips in the other."""
    everybody = people(count, seed)
    draw = random.Random(seed + 1)
    some = [with_slips(person, draw) for person in everybody if draw.random() < 0.67]
    return (
        mapping(folder, "link", "one", "other"),
        write(folder, "one", everybody),
        write(folder, "other", some),
    )


def one_table(folder: Path, count: int, seed: int = 5) -> tuple[Path, Path]:
    """A mapping and one table in which some people stand up to three times."""
    everybody = people(count, seed)
    draw = random.Random(seed + 1)
    rows = list(everybody)
    rows += [with_slips(person, draw) for person in everybody for _ in range(draw.choice([0, 0, 1, 2]))]
    return mapping(folder, "dedupe", "one"), write(folder, "one", rows)
