"""uk_address_matcher on one messy copy, in an environment of its own: it pins an older Splink and DuckDB.

Usage: PYTHON address_ukam.py CANONICAL MESSY OUT    (writes asked, found; prints CPU seconds and MiB as JSON)
"""

import json
import resource
import sys
import tempfile
import time

import duckdb
from uk_address_matcher import AddressMatcher

CANONICAL = """
select uprn as unique_id, postcode, concat_ws(', ', nullif(subname, ''), nullif(name, ''),
    trim(concat_ws(' ', nullif(number, ''), streetname)), nullif(locality, ''), townname) as address_concat
from read_csv('{}', all_varchar=true, header=true)
"""
MESSY = """
select source_uprn as unique_id, recorded_address as address_concat,
    coalesce(recorded_postcode, '') as postcode
from read_csv('{}', all_varchar=true, header=true)
"""


def main(canonical: str, messy: str, out: str) -> None:
    began = time.process_time()
    connection = duckdb.connect()
    with tempfile.TemporaryDirectory() as scratch:
        for setting in (
            "threads=1",
            "memory_limit='6GB'",
            f"temp_directory='{scratch}'",
            "max_temp_directory_size='5GB'",
        ):
            connection.execute(f"set {setting}").fetchall()
        known, asked = connection.sql(CANONICAL.format(canonical)), connection.sql(MESSY.format(messy))
        found = AddressMatcher(known, asked, con=connection).match().matches()
        found.project("unique_id as asked, resolved_canonical_id as found").write_parquet(out)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": time.process_time() - began, "mib": memory}))


if __name__ == "__main__":
    main(*sys.argv[1:4])
