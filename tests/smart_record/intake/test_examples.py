"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import smart_record.intake

MODULES = [module.name for module in pkgutil.iter_modules(smart_record.intake.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    module = importlib.import_module(f"smart_record.intake.{name}")
    assert doctest.testmod(module).failed == 0
