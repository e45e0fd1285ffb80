"""Permission checks, each of which can be taken out of the code as it is imported: `-p tests.policy.mutants`.

The variable DUBAN_MUTANT names one. Nothing is written on disk.
"""

import ast
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
PLACES = ("accounts", "flows", "workflow/actions", "workflow/pages", "workflow/queries", "workflow/rules")
REFUSALS = ("Forbidden(", "NotFound(")
CHECKS = ("require_administrator", "require_importer", "require_right", "check_separation", "check_claim")
CHECKS += ("check_desk", "check_decider", "check_verifier", "check_closer", "check_evaluator", "may_decide")
CHECKS += ("is_not_the_author", "is_not_the_preparer", "is_independent", "may_verify", "may_close")
CHECKS += ("may_end_share", "may_decide_request", "may_decide_objection", "verifies_from_the_right_office")


@dataclass(frozen=True, slots=True, order=True)
class Mutant:
    """One check that is taken out: its module, the function around it, its source, and which of the same it is."""

    module: str
    function: str
    source: str
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.module}|{self.function}|{self.source}|{self.nth}"


def catalogue() -> list[Mutant]:
    """Every permission check in the code."""
    files = (path for place in PLACES for path in sorted((ROOT / place).rglob("*.py")))
    return [
        mutant for path in files for mutant, _ in _checks(_module(path), ast.parse(path.read_text("utf-8")))
    ]


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def _checks(module: str, tree: ast.Module) -> Iterator[tuple[Mutant, ast.Expr]]:
    seen: dict[tuple[str, str], int] = {}
    for function, node in _statements(tree, ""):
        if _is_check(node):
            key = (function, ast.unparse(node))
            seen[key] = seen.get(key, 0) + 1
            yield Mutant(module, *key, seen[key]), node


def _statements(node: ast.AST, inside: str) -> Iterator[tuple[str, ast.Expr]]:
    for child in ast.iter_child_nodes(node):
        named = isinstance(child, ast.FunctionDef | ast.ClassDef)
        name = ".".join(filter(None, (inside, child.name))) if named else inside  # type: ignore[attr-defined]
        if isinstance(child, ast.Expr):
            yield name, child
        else:
            yield from _statements(child, name)


def _is_check(node: ast.Expr) -> bool:
    call = node.value
    if not isinstance(call, ast.Call):
        return False
    if isinstance(call.func, ast.Attribute):
        return call.func.attr == "require"
    name = getattr(call.func, "id", "")
    return name in CHECKS or (name == "require" and any(word in ast.unparse(call) for word in REFUSALS))


class _Without(SourceFileLoader):
    """Loads a module without one of its checks."""

    mutant: Mutant

    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> Any:
        tree = ast.parse(data)
        node = dict(_checks(self.mutant.module, tree))[self.mutant]
        # a check that also notes by which right somebody acts goes on noting where it can
        node.value = ast.copy_location(ast.Constant(None), node.value)
        return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)

    def get_code(self, fullname: str) -> Any:
        return self.source_to_code(self.get_data(self.path), self.path)  # never from compiled files


class _Finder(MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != self.mutant.module:
            return None
        spec = PathFinder.find_spec(name, path)
        assert spec is not None
        loader = _Without(name, str(spec.origin))
        loader.mutant = self.mutant
        spec.loader = loader
        return spec


def install(named: str) -> None:
    """Take the check of that name out of its module, which must not be imported yet."""
    mutant = next(one for one in catalogue() if str(one) == named)
    assert mutant.module not in sys.modules, named
    sys.meta_path.insert(0, _Finder(mutant))


if os.environ.get("DUBAN_MUTANT"):
    install(os.environ["DUBAN_MUTANT"])
