"""Invented canonical addresses and messy copies of them; run in an environment that has `address-errors`.

The invented town has houses, converted houses, blocks of flats with and without a number, and named houses.
The copies are of that package's noise model, fitted on six councils: its pooled rates, Cornwall's style,
twice the rate with typing slips on top, and Leeds' style without postcodes.

Usage: PYTHON address_copies.py COUNT FOLDER    (writes canonical.csv and one file for each copy)
"""

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from address_errors import Controls, Corruptor, Noise, Profile, load_components

COPIES = {
    "pooled": {},
    "cornwall": {"style": "cornwall"},
    "stress": {"controls": Controls(prevalence=2.0, noise=Noise(rate=0.1))},
    "leeds": {"style": "leeds"},
}
FIRST = [
    "MILL", "CHURCH", "STATION", "HIGH", "PARK", "ELM", "OAK", "ASH", "VICTORIA", "ALBERT", "GEORGE", "QUEEN",
    "KING", "NORTH", "SOUTH", "WEST", "EAST", "CASTLE", "ABBEY", "PRIORY", "MANOR", "GRANGE", "ORCHARD",
    "MEADOW", "RIVER", "SPRING", "LARCH", "BEECH", "CEDAR", "MAPLE", "CLIFTON", "HARROW", "WELLINGTON",
    "NELSON", "MARLBOROUGH", "CAVENDISH", "GLADSTONE", "STANLEY", "CHATSWORTH", "WINDSOR", "ALMA",
    "INKERMAN", "TRINITY", "ROSE", "PRIMROSE", "BLUEBELL", "FERN", "ST MARYS", "ST JOHNS",
]  # fmt: skip
MIDDLE = ["", "", "", "", "WOOD", "FIELD", "VALE", "BANK", "DALE"]
LAST = [
    "ROAD", "STREET", "LANE", "AVENUE", "CLOSE", "DRIVE", "CRESCENT", "GROVE", "GARDENS", "WAY", "PLACE",
    "TERRACE", "COURT", "RISE", "WALK", "MEWS", "HILL", "GREEN",
]  # fmt: skip
TOWNS = [
    ("FERNBY", "ZA"), ("KELTON", "ZA"), ("WESTMERE", "ZB"), ("ASHCOTT", "ZB"), ("DUNHAM", "ZC"),
    ("STOKE FERN", "ZC"), ("MARLEY BRIDGE", "ZD"), ("THORNFORD", "ZD"),
]  # fmt: skip
BLOCKS = ["COURT", "HOUSE", "LODGE", "HEIGHTS", "MANSIONS", "POINT", "TOWER"]
HOUSES = [
    "ROSE COTTAGE", "IVY COTTAGE", "THE OLD RECTORY", "HILL VIEW", "THE COTTAGE", "ORCHARD HOUSE",
    "MILL HOUSE", "THE BARN", "WOODLANDS", "FAIRVIEW", "SUNNYSIDE", "THE LODGE", "GREEN GABLES",
    "HOLLY COTTAGE", "HILLCREST", "THE OLD SCHOOL", "MEADOW VIEW", "THE HAVEN", "ASHFIELD", "BROOKSIDE",
]  # fmt: skip
FLOORS = ["GROUND FLOOR FLAT", "FIRST FLOOR FLAT", "SECOND FLOOR FLAT", "TOP FLOOR FLAT"]
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"

Address = dict[str, str]


def canonical(count: int, seed: int = 1) -> list[Address]:
    """So many addresses, street by street; a street's name comes once in a town."""
    draw = random.Random(seed)
    found: list[Address] = []
    streets: set[tuple[str, str]] = set()
    while len(found) < count:
        town, area = draw.choice(TOWNS)
        first, middle = draw.choice(FIRST), draw.choice(MIDDLE)
        street = f"{first}{'' if ' ' in first else middle} {draw.choice(LAST)}"
        if (street, town) in streets:
            continue
        streets.add((street, town))
        place = {"streetname": street, "townname": town, "usrn": str(len(streets))}
        place["locality"] = draw.choice(["", "", "", f"{draw.choice(['UPPER', 'LOWER', 'OLD'])} {town}"])
        sector = f"{area}{draw.randint(1, 19)} {draw.randint(1, 9)}"
        for parts in along_street(draw, sector):
            uprn = str(900_000_000_001 + len(found))
            found.append({"uprn": uprn, "parentuprn": "", **place, **parts})
    seen: set[tuple[str, ...]] = set()
    distinct = []
    for address in found[:count]:
        said = tuple(value for name, value in address.items() if name not in ("uprn", "usrn", "parentuprn"))
        if said not in seen:
            seen.add(said)
            distinct.append(address)
    return distinct


def along_street(draw: random.Random, sector: str) -> Iterator[Address]:
    """The addresses of one street, number by number."""
    size = draw.choice([8, 15, 25, 40, 60, 90])
    codes = [sector + draw.choice(LETTERS) + draw.choice(LETTERS) for _ in range(size // 18 + 1)]
    number = 0
    for place in range(size):
        number += draw.choice([1, 1, 2])
        house = {"subname": "", "name": "", "number": str(number)}
        house["postcode"] = codes[place * len(codes) // size]
        kind = draw.random()
        if kind < 0.8:
            letter = draw.choice("AB") if draw.random() < 0.04 else ""
            yield house | {"number": f"{number}{letter}"}
        elif kind < 0.87:
            yield house
            style = draw.choice(["number", "number", "letter", "floor"])
            for flat in range(draw.choice([2, 2, 3, 4])):
                names = {
                    "letter": f"FLAT {'ABCD'[flat]}",
                    "floor": FLOORS[flat],
                    "number": f"FLAT {flat + 1}",
                }
                yield house | {"subname": names[style]}
        elif kind < 0.9:
            block = house | {"name": f"{draw.choice(FIRST)} {draw.choice(BLOCKS)}"}
            block["number"] = str(number) if draw.random() < 0.6 else ""
            yield block
            word = draw.choice(["FLAT", "FLAT", "FLAT", "APARTMENT"])
            for flat in range(draw.choice([6, 9, 12, 24])):
                yield block | {"subname": f"{word} {flat + 1}"}
        else:
            yield house | {"name": draw.choice(HOUSES), "number": "" if draw.random() < 0.8 else str(number)}


def write(rows: list[Address], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def main(count: int, folder: Path) -> None:
    write(canonical(count), folder / "canonical.csv")
    records = load_components(str(folder / "canonical.csv"))
    for name, settings in COPIES.items():
        corruptor = Corruptor(Profile.load(), seed=1, **settings)
        corruptor.index(records)
        write(corruptor.generate([record["uprn"] for record in records]), folder / f"{name}.csv")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
