"""What can be wrong with a table or its mapping; who brought them puts it right."""

from models.errors import ModelError


class TableInvalid(ModelError):
    """A table can't be read as its mapping says."""


class TableMappingInvalid(ModelError):
    """A mapping of a table says something that can't be, or asks for a feature that is refused."""
