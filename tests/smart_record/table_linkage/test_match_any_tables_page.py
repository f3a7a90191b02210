"""The how-to page's own example, followed to the letter."""

import re
from pathlib import Path

from smart_record.table_linkage import match_tables, read_table_mapping

PAGE = Path(__file__).parents[3] / "docs" / "match-any-tables.md"


def test_the_page_s_example_finds_who_is_who(tmp_path):
    for name, content in re.findall(
        r"```\w+ file=(\S+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
    mapping = read_table_mapping(tmp_path / "parcels_and_clients.yaml")
    matched = match_tables(mapping, (tmp_path / "parcels.csv", tmp_path / "clients.csv"))
    assert matched.pairs["table_l"].unique().to_list() == ["parcels"]
    joined = matched.pairs.filter("joined")
    assert sorted(joined.select("id_l", "id_r").rows()) == [("P1", "17"), ("P2", "18")]
