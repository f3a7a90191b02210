"""Where an unforeseen error happened, without its message, which may hold a resident's data."""

import traceback

_LAST = 8


def places(error: BaseException) -> list[str]:
    """The innermost calls, as file, line and function."""
    calls = traceback.extract_tb(error.__traceback__)
    return [f"  {each.filename}:{each.lineno} in {each.name}" for each in calls][-_LAST:]


def told(error: BaseException) -> str:
    """A line on what kind of error it was, and the calls."""
    words = (
        f"An error of ours, not of your data or files: {type(error).__name__}. "
        "Nothing half-written stays. Send these lines to whoever looks after the product:"
    )
    return "\n".join([words, *places(error)])
