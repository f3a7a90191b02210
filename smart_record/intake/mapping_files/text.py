"""The small grammar of mapping files: a name, a list of names, yes or no. Faults are gathered, not raised."""

from collections.abc import Mapping, Sequence

from smart_record.intake.mapping_files.suggestions import did_you_mean
from smart_record.intake.mapping_files.yaml_tree import Items, Table, Text, Tree

Faults = list[str]

YES_NO = {"yes": True, "no": False}


def parts_of(table: Table, known: Sequence[str], faults: Faults) -> dict[str, Tree]:
    """The known entries of a table by name; an unknown one is a fault with the nearest known name."""
    parts = {}
    for key, value in table.entries:
        if key.value in known:
            parts[key.value] = value
        else:
            near = did_you_mean(key.value, known)
            faults.append(f"{key.place}: {key.value!r} is not known here.{near} Known: {', '.join(known)}.")
    return parts


def one_text(tree: Tree, name: str, faults: Faults) -> Text | None:
    """A single value that is not empty."""
    if isinstance(tree, Text) and tree.value.strip():
        return tree
    faults.append(f"{tree.place}: `{name}:` takes one value. Write it after the colon.")
    return None


def texts(tree: Tree | None, name: str, faults: Faults) -> tuple[Text, ...]:
    """One value or a list of them."""
    match tree:
        case None:
            return ()
        case Text():
            return (tree,)
        case Items(items) if all(isinstance(item, Text) for item in items):
            return tuple(item for item in items if isinstance(item, Text))
    faults.append(f"{tree.place}: `{name}:` takes a value or a list of values.")
    return ()


def table(parts: Mapping[str, Tree], name: str, faults: Faults) -> tuple[tuple[Text, Tree], ...]:
    """The `name: value` lines under a heading; none where the heading is absent or empty."""
    match parts.get(name):
        case Table(entries):
            return entries
        case None | Text(value=""):
            return ()
        case tree:
            faults.append(f"{tree.place}: `{name}:` takes `name: value` lines, indented under it.")
            return ()


def yes_or_no(parts: Mapping[str, Tree], name: str, *, default: bool, faults: Faults) -> bool:
    """A yes or a no."""
    if name not in parts:
        return default
    text = one_text(parts[name], name, faults)
    if text is not None and text.value not in YES_NO:
        faults.append(f"{text.place}: `{name}:` is yes or no, not {text.value!r}.")
    return YES_NO.get(text.value, default) if text else default
