"""Every deliberate error of the product hangs on `TriageError`, cut by who can put it right.

Messages say what happened (with the value, file and line), why it matters and what to do now, and
hold ids only: never a name, a date of birth or a National Insurance number.
"""


class TriageError(Exception):
    """Root of every deliberate error."""


class SourceError(TriageError):
    """The extracts can't be taken in; a data officer puts it right."""


class ExtractMissing(SourceError):
    """A file that the run needs is not there."""


class ExtractMalformed(SourceError):
    """A file is there but can't be read as a table, or is not the file it was declared to be."""


class ColumnMissing(SourceError):
    """A column that a source must have is not in its file."""


class MappingInvalid(SourceError):
    """A source mapping file says something that can't be."""


class SeveralProblems(SourceError):
    """More than one thing is wrong with the night's extracts; the message holds all."""


class LinkageError(TriageError):
    """Records can't be matched; a data officer puts it right."""
