"""House rules that no linter holds (STYLE.md): sizes, names, a place for every module, words that stay out."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERED = ("accounts", "config", "flows", "workflow")
BESIDE = ("benchmarks", "tests", "workshop")
NOT_OURS = {".git", ".venv", "var", "built", "node_modules", "__pycache__"}
VIEW_METHODS = {"dispatch", "get", "post", "put", "patch", "delete", "head", "options", "form_valid"}

STAY_OUT = {
    "a path of the machine it was written on": re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/\w"),
    "a package registry's host": re.compile(r"pyp[i]\.org|pythonhoste[d]\.org|npmj[s]\.org"),
    "a number of an issue": re.compile(r"\b[Ii]ssue\s+#?\d"),
    "unfinished work": re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b"),
}


def ours(*suffixes: str) -> list[Path]:
    """The project's files with one of the suffixes, generated and foreign ones left out."""

    def below(folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            hidden_folder = path.name.startswith(".") and path.name != ".ci"
            if path.is_dir() and path.name not in NOT_OURS and not hidden_folder:
                yield from below(path)
            elif path.is_file():
                yield path

    return [path for path in below(ROOT) if not suffixes or path.suffix in suffixes]


def modules() -> list[Path]:
    return [path for path in ours(".py") if "migrations" not in path.parts]


def said(path: Path, line: int, what: str) -> str:
    return f"{path.relative_to(ROOT)}:{line}: {what}"


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """Each function of a module with the count of its lines, docstring and decorators left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            documented = ast.get_docstring(node) is not None and len(node.body) > 1
            first = node.body[1] if documented else node.body[0]
            yield node, (node.end_lineno or 0) - first.lineno + 1


def is_told_at_length(path: Path) -> bool:
    """Tests are lists and tell lives from end to end, benchmarks too: they have a third more room."""
    return path.relative_to(ROOT).parts[0] in ("tests", "benchmarks")


def test_no_module_is_longer_than_300_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert [
        said(path, n, "too long")
        for path, n in lengths.items()
        if n > (400 if is_told_at_length(path) else 300)
    ] == []


def test_no_function_is_longer_than_30_lines() -> None:
    found = [
        said(path, node.lineno, f"{node.name} has {lines} lines")
        for path in modules()
        for node, lines in functions(path)
        if lines > (40 if is_told_at_length(path) else 30)
    ]
    assert found == []


def test_no_view_method_is_longer_than_15_lines() -> None:
    found = [
        said(path, node.lineno, f"{node.name} has {lines} lines")
        for path in modules()
        if "pages" in path.relative_to(ROOT).parts[:2]
        for node, lines in functions(path)
        if node.name in VIEW_METHODS and lines > 15
    ]
    assert found == []


def test_no_module_is_named_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
    assert [path for path in modules() if {path.stem, path.parent.name} & empty] == []


def test_every_module_has_one_place_in_the_layers() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "layers")
    places = [name.strip(" ()") for layer in layers for name in re.split(r"[|:]", layer)]
    astray = []
    for path in (
        path for package in LAYERED for path in modules() if path.relative_to(ROOT).parts[0] == package
    ):
        parts = path.relative_to(ROOT).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        held = [place for place in places if name == place or name.startswith(f"{place}.")]
        only_a_docstring = (
            path.name == "__init__.py" and len(ast.parse(path.read_text(encoding="utf-8")).body) <= 1
        )
        if len(held) != 1 and not (only_a_docstring and not held):
            astray.append(f"{name}: {held}")
    assert astray == []


def test_every_package_is_known() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages <= {*LAYERED, *BESIDE}


def test_every_migration_says_what_it_does() -> None:
    numbered = [
        path for path in ours(".py") if path.parent.name == "migrations" and path.name != "__init__.py"
    ]
    assert numbered
    assert [
        path.name for path in numbered if not re.fullmatch(r"\d{4}_(?!auto_)[a-z][a-z0-9_]+", path.stem)
    ] == []


@pytest.mark.parametrize("what", STAY_OUT)
def test_words_that_stay_out_do_not_appear(what: str) -> None:
    found = []
    for path in ours():
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            said(path, n, line.strip()[:90]) for n, line in enumerate(lines, 1) if STAY_OUT[what].search(line)
        ]
    assert found == []
