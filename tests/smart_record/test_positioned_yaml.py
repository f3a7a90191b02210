"""YAML with places: nothing guessed, every character found in the file, hostile files refused."""
# ruff: noqa: E501  # messages and trees are compared whole, one case a line

import pytest

from smart_record.positioned_yaml import DocumentMisread, Mapping, Scalar, Sequence, compose, places


def the_scalar(source: str) -> Scalar:
    root = compose(source)
    assert isinstance(root, Mapping)
    value = root.entries[0][1]
    assert isinstance(value, Scalar)
    return value


def test_no_text_becomes_anything_but_text() -> None:
    root = compose("a: [no, 2026-04-01, 010, 1e3, ~, null, £5]")
    assert isinstance(root, Mapping)
    listed = root.entries[0][1]
    assert isinstance(listed, Sequence)
    texts = [item.text for item in listed.items if isinstance(item, Scalar)]
    assert texts == ["no", "2026-04-01", "010", "1e3", "~", "null", "£5"]


@pytest.mark.parametrize(
    "source",
    [
        "when: rent.arrears > £5 and x",
        'when: "rent.arrears > £5 and x"',
        "when: 'it''s rent.arrears > £5'",
        'when: "say \\"court\\" > £5"',
        "# £££\nwhen: |\n    rent.arrears > £5\n      and x\n",
        "when: |2\n    rent.arrears\n",
        "when: >-\n  rent.arrears\n  > £5\n\n  and x\n",
        "when: rent.arrears\n  > £5\n  and x",
    ],
)
def test_each_character_is_found_in_the_file(source: str) -> None:
    scalar = the_scalar(source)
    found = places(scalar, source)
    assert len(found) == len(scalar.text) + 1
    for character, place in zip(scalar.text, found, strict=False):
        if not character.isspace():
            assert source[place] == character
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("source", "at", "message"),
    [
        ("a: &x 1\nb: *x", 3, "YAML anchors (& and *) are not used here; write the value out"),
        ("a: *x", 3, "YAML anchors (& and *) are not used here; write the value out"),
        ("a: !!python/object:os.system 1", 3, "YAML tags are not used here (tag:yaml.org,2002:python/object:os.system)"),
        ("? [a]\n: 1", 2, "a key is one piece of text"),
        ("a: 1\n---\nb: 2", 5, "the file holds one document; take out the ---"),
        ("[" * 5000, 13, "the file is nested more deeply than any such file is"),
        ("{" * 100_000, 13, "the file is nested more deeply than any such file is"),
    ],
)  # fmt: skip
def test_what_rule_files_do_not_use_is_refused(source: str, at: int, message: str) -> None:
    with pytest.raises(DocumentMisread) as refused:
        compose(source)
    assert (refused.value.at, str(refused.value)) == (at, message)


@pytest.mark.parametrize(
    "source", ["a: [", "a: 'x", "a: b: c", "\ta: 1", "a: 1\n b: 2", 'a: "\\q"', "a: \x01"]
)
def test_what_is_no_yaml_is_a_fault_and_no_crash(source: str) -> None:
    with pytest.raises(DocumentMisread):
        compose(source)


def test_an_empty_file_is_no_document() -> None:
    assert compose("") is None
    assert compose("# only a comment\n") is None
