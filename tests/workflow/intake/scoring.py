"""The judge of the reader of documents: precision, recall and silent losses of each plan in a folder.

`python -m tests.workflow.intake.scoring [DIR] [--wrong]`. Beside each NAME.truth.json of the folder stands NAME.txt
(.md, .html, .csv, .docx …), a folder NAME of files read together, or a NAME.py whose `build(path)` writes the document.
"""

import argparse
import json
import os
import runpy
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from django.utils.translation import override

from tests.workflow.intake.scoring_facts import (
    KINDS,
    Comparison,
    Wrong,
    compare,
    compare_heads,
    compare_invented,
    compare_lost,
)
from tests.workflow.intake.scoring_pairs import measures, pair, undecided_sections, without
from tests.workflow.intake.scoring_silence import Places

PLANS = Path(__file__).parent / "plans"
_FACTS = ".truth.json"
Document = dict[str, Any]


@dataclass
class Score(Comparison):
    """How well a document was read; `silent` are the wrong facts that no warning covers, a lost measure once."""

    silent: list[Wrong] = field(default_factory=list)
    warnings: int = 0
    refusal: str = ""


def score(read: Document, truth: Document, text: str) -> Score:
    """Hold a plan as read (the JSON of a dry run) against its facts; the text is the normalised source."""
    read = without(read, undecided_sections(truth))
    true, given = measures(truth), measures(read)
    pairing = pair(true, given)
    places = Places(given, text, read["warnings"])
    result = Score(warnings=len(read["warnings"]))
    heads = compare_heads(truth, read)
    result.take(heads)
    result.silent += [] if places.is_told_above() else heads.wrongs
    for i, j in pairing.found.items():
        compared = compare(true[i], given[j])
        result.take(compared)
        result.silent += [wrong for wrong in compared.wrongs if not places.is_told(wrong, j)]
    for place, alone in [
        *((None, compare_lost(true[i])) for i in pairing.lost),
        *((j, compare_invented(given[j])) for j in pairing.invented),
    ]:
        result.take(alone)
        whole = next(wrong for wrong in alone.wrongs if wrong.kind == "measures")
        result.silent += [] if places.is_told(whole, place) else [whole]
    return result


def score_refused(why: str, truth: Document) -> Score:
    """The score of a document that the reader refused: everything missing, nothing silent."""
    result = Score(refusal=why)
    result.take(compare_heads(truth, {"title": "", "period": ""}))
    for measure in measures(truth):
        result.take(compare_lost(measure))
    return result


def plans_in(folder: Path) -> list[str]:
    """The names of the plans whose facts stand in the folder."""
    return sorted(path.name.removesuffix(_FACTS) for path in folder.glob(f"*{_FACTS}"))


def facts_of(folder: Path, name: str) -> Document:
    """The facts by hand of a plan."""
    found: Document = json.loads((folder / (name + _FACTS)).read_text(encoding="utf-8"))
    return found


def sources_of(folder: Path, name: str) -> list[tuple[str, bytes]]:
    """Name and bytes of the file or files of a plan; what is written by a program is built now."""
    (path,) = (p for p in folder.iterdir() if p.name != name + _FACTS and name in (p.stem, p.name))
    if path.is_dir():
        return [(part.name, part.read_bytes()) for part in sorted(path.iterdir())]
    if path.suffix != ".py":
        return [(path.name, path.read_bytes())]
    written_by = runpy.run_path(str(path))
    with tempfile.TemporaryDirectory() as place:
        built = Path(place) / (name + written_by["SUFFIX"])
        written_by["build"](built)
        return [(built.name, built.read_bytes())]


def score_plan(folder: Path, name: str) -> Score:
    """Read one plan of the folder and score it."""
    from workflow.intake.errors import IntakeError
    from workflow.intake.preview import as_data
    from workflow.intake.reading import read_files

    truth = facts_of(folder, name)
    with override("zh-hans"):
        try:
            read = read_files(sources_of(folder, name))
        except IntakeError as why:
            return score_refused(str(why), truth)
        data = as_data(read)
    for section, shown in zip(read.plan.sections, data["sections"], strict=True):
        for measure, told in zip(section.measures, shown["measures"], strict=True):
            told["line"] = measure.line
    return score(data, truth, read.text)


def table(scores: dict[str, Score]) -> Iterator[str]:
    """A row for each document: precision and recall of each kind in hundredths, silent losses, warnings."""
    total = Score()
    yield f"{'':22}" + "".join(f"{kind:>10}" for kind in KINDS) + f"{'silent':>8}{'warned':>8}"
    for name, one in scores.items():
        total.take(one)
        total.silent += one.silent
        total.warnings += one.warnings
        yield _row(name, one) + (f"  {one.refusal}" if one.refusal else "")
    yield _row("all", total)


def _row(name: str, one: Score) -> str:
    parts = [f"{_hundredths(t.right, t.read)}/{_hundredths(t.right, t.true)}" for t in one.tallies.values()]
    return f"{name:22}" + "".join(f"{part:>10}" for part in parts) + f"{len(one.silent):>8}{one.warnings:>8}"


def _hundredths(right: int, counted: int) -> str:
    """Rounded down, so that 100 is said of all only; a dash where there was nothing to be right about."""
    return f"{right * 100 // counted}" if counted else "-"


def main() -> None:
    """Print the table, then each silent loss and, if asked, each wrong fact."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=PLANS)
    parser.add_argument(
        "--wrong", action="store_true", help="list every wrong fact, not the silent ones only"
    )
    parser.add_argument("--only", default="", help="the name of one plan")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    names = [asked.only] if asked.only else plans_in(asked.folder)
    scores = {name: score_plan(asked.folder, name) for name in names}
    lines = list(table(scores))
    for name, one in scores.items():
        for wrong in one.wrongs if asked.wrong else one.silent:
            lines.append(f"{name}: {'' if wrong not in one.silent else 'SILENT '}{wrong}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
