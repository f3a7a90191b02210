"""What an unforeseen error is told as: the machine's own troubles in words, ours by where they happened.

The message of an error may hold a resident's data and is never shown; of the system's and the store's only
what is known to hold none.
"""

import os
import re
import sqlite3
import traceback
from collections.abc import Iterator

_LAST = 8
_SYSTEM = re.compile(r"\(os error (\d+)\)")  # how polars tells what the system said
_STORE = (
    (
        "readonly database",
        "nothing may be written there. Give whoever runs this leave to write in the folder",
    ),
    ("disk is full", "the disk is full. Make room"),
    ("unable to open", "it can't be opened. Look whether the folder is there and may be written in"),
    ("disk I/O error", "the disk failed. Look at the disk, or whether its server answers"),
    ("not a database", "the file is damaged or something else. Put back the last good copy of it"),
    ("malformed", "the file is damaged. Put back the last good copy of it"),
)


def places(error: BaseException) -> list[str]:
    """The innermost calls, as file, line and function."""
    calls = traceback.extract_tb(error.__traceback__)
    return [f"  {each.filename}:{each.lineno} in {each.name}" for each in calls][-_LAST:]


def told(error: BaseException) -> str:
    """What the machine refused, or a line on what kind of error of ours it was, and the calls."""
    for each in _chain(error):
        if words := _of_the_system(each) or _of_the_store(each):
            return words
    words = (
        f"An error of ours, not of your data or files: {type(error).__name__}. "
        "Nothing half-written stays. Send these lines to whoever looks after the product:"
    )
    return "\n".join([words, *places(error)])


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error and those that it came of."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _of_the_system(error: BaseException) -> str | None:
    if isinstance(error, OSError) and error.errno is not None:
        number, path = error.errno, f" of {error.filename}" if error.filename else ""
    elif found := _SYSTEM.search(str(error)):
        number, path = int(found[1]), ""
    else:
        return None
    return (
        f"The system says{path}: {os.strerror(number).lower()}. Nothing half-written stays. Make room there, "
        "get leave to write there, or name another place; then try again."
    )


def _of_the_store(error: BaseException) -> str | None:
    if not isinstance(error, sqlite3.DatabaseError):
        return None
    for sign, words in _STORE:
        if sign in str(error):
            return f"The council's store (store.sqlite) can't be used: {words}; then try again."
    return None
