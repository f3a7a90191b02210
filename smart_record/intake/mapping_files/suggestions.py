"""The nearest name to one that isn't known, for messages."""

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A question to add to a message, or nothing where no known name is near.

    >>> did_you_mean("acount_ref", ["account_ref", "balance"])
    ' Did you mean account_ref?'
    """
    by_plain = {_plain(each): each for each in known}
    near = difflib.get_close_matches(_plain(name), by_plain, n=1, cutoff=0.6)
    return f" Did you mean {by_plain[near[0]]}?" if near else ""


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())
