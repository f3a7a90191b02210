"""The floor: what polars takes merely to read the night's files and join them by their keys."""

import json
import sys
from pathlib import Path

import polars as pl

from bench.measure import Stopwatch


def main(extracts: Path) -> None:
    watch = Stopwatch()
    watch("read and join")
    read = {file.stem: pl.read_csv(file, infer_schema=False) for file in sorted(extracts.glob("*.csv"))}
    accounts, tenancies, claims = (
        read["council_tax_accounts"],
        read["rent_accounts"],
        read["benefit_claims"],
    )
    joined = [
        read["council_tax_transactions"].join(accounts, on="account_ref", how="left"),
        read["council_tax_recovery_history"].join(accounts, on="account_ref", how="left"),
        read["rent_transactions"].join(tenancies, on="tenancy_ref", how="left"),
        read["rent_arrears_history"].join(tenancies, on="tenancy_ref", how="left"),
        read["benefit_dependants"].join(claims, on="claim_ref", how="left"),
        accounts.join(tenancies, on="uprn", how="left"),
    ]
    rows = sum(frame.height for frame in joined)
    watch.close()
    print(json.dumps({"rows": rows, "stages": watch.as_dicts()}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
