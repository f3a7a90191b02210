"""The folder of a council's mapping files: one for each declared source; optional ones may be missing."""

import shutil
from pathlib import Path

from smart_record.errors import MappingInvalid
from smart_record.intake.declared.sources import SOURCES
from smart_record.intake.mapping_files.file import read_mapping
from smart_record.intake.mapping_files.mapping import SourceMapping

DEFAULT_MAPPINGS = Path(__file__).parents[1] / "mappings"
"""The mappings that come with the product."""


def copy_default_mappings(to: Path) -> tuple[Path, ...]:
    """Lay out the default mappings in a council's folder; a file that is there already is left alone.

    Args:
        to: The folder; made if need be.

    Returns:
        The files that were written.
    """
    to.mkdir(parents=True, exist_ok=True)
    missing = [path for path in sorted(DEFAULT_MAPPINGS.glob("*.yaml")) if not (to / path.name).exists()]
    return tuple(Path(shutil.copyfile(path, to / path.name)) for path in missing)


def mapping_files(folder: Path) -> tuple[Path, ...]:
    """The mapping files of a folder, by name."""
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml")))


def read_mappings(folder: Path) -> tuple[SourceMapping, ...]:
    """Read every mapping of a folder, in the order of the declared sources.

    Raises:
        MappingInvalid: With the faults of all files; if a source has no mapping, or two.
    """
    if not folder.is_dir():
        raise MappingInvalid(f"{folder} is not a folder. `triage init` lays out the default mappings.")
    faults: list[str] = []
    by_source: dict[str, SourceMapping] = {}
    for path in mapping_files(folder):
        try:
            mapping = read_mapping(path)
        except MappingInvalid as fault:
            faults.append(str(fault))
            continue
        name = mapping.source.name
        if name in by_source:
            faults.append(
                f"{path.name}: {by_source[name].path.name} maps {name} already. Remove one of the two."
            )
        by_source[name] = mapping
    if not faults:
        needed = (name for name, source in SOURCES.items() if not source.optional)
        faults = [_unmapped(name, folder) for name in needed if name not in by_source]
    if faults:
        raise MappingInvalid("\n".join(faults))
    return tuple(by_source[name] for name in SOURCES if name in by_source)


def _unmapped(name: str, folder: Path) -> str:
    return (
        f"{folder}: no file maps {name}. Copy {name}.yaml from the default mappings; if the council has no "
        "such file, write `required: no` in it."
    )
