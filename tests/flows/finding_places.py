"""Where the checks of the database say what they found: each place in the code, and whether a test has reached it."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from flows import consistency as work
from workflow.queries import (
    consistency,
    record_consistency,
    rights_consistency,
    stops_consistency,
    trail_consistency,
)

MODULES: tuple[ModuleType, ...] = (
    consistency,
    stops_consistency,
    record_consistency,
    work,
    rights_consistency,
    trail_consistency,
)
TELLING = {"found", "finding", "finding_in_chain"}
Place = tuple[str, int]
"""A module and the line of a call that tells a finding."""


def places() -> dict[Place, str]:
    """Every place that tells a finding, with its source."""
    told: dict[Place, str] = {}
    for module in MODULES:
        source = inspect.getsource(module)
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TELLING:
                told[module.__name__, node.lineno] = ast.get_source_segment(source, node) or ""
    return told


def words() -> set[str]:
    """Every sentence that a check can tell, as it stands in the code."""
    return {
        node.args[0].value
        for module in MODULES
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "_"
        and isinstance(node.args[0], ast.Constant)
    }


@contextmanager
def noting(reached: set[Place]) -> Iterator[None]:
    """Add to `reached` each place that tells a finding meanwhile."""
    with _patched(reached):
        yield


@contextmanager
def _patched(reached: set[Place]) -> Iterator[None]:
    patches = [
        patch.object(module, name, _noted(getattr(module, name), module, reached))
        for module in MODULES
        for name in TELLING
        if hasattr(module, name)
    ]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def _noted(tell: Callable[..., Any], module: ModuleType, reached: set[Place]) -> Callable[..., Any]:
    def told(*args: Any) -> Any:
        place = (module.__name__, sys._getframe(1).f_lineno)
        answer = tell(*args)
        if tell.__name__ != "found":
            reached.add(place)
            return answer
        rows = list(answer)
        if rows:
            reached.add(place)
        return rows

    return told
