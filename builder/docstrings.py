"""What the source says of a record's fields, below each: read when it is asked for.

pydantic can do that too, but for each record as it is imported, which takes longer than all else.
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise


def descriptions(record: type) -> dict[str, str]:
    """The docstrings of a record's fields, by name; its own before those that it inherits."""
    found: dict[str, str] = {}
    for each in reversed(record.__mro__):
        found |= _of_file(each.__module__).get(each.__name__, {})
    return found


@cache
def _of_file(module: str) -> dict[str, dict[str, str]]:
    """The docstrings of fields in a file of our code, by class and field."""
    if not module.startswith(__package__):
        return {}
    code = ast.parse(inspect.getsource(sys.modules[module]))
    records = (each for each in code.body if isinstance(each, ast.ClassDef))
    return {each.name: dict(_below(each.body)) for each in records}


def _below(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for pair in pairwise(body):
        match pair:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                yield name, inspect.cleandoc(words)
