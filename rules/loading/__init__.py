"""A directory of rule files to a rulebook to trust."""
