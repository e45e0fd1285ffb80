"""Translations: compiled, complete, true to their placeholders."""

import gettext
from pathlib import Path

import pytest

from workshop import catalogues

HEADER = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"\n\n'
)


def write(folder: Path, entries: str) -> Path:
    file = folder / "zh_Hans" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(HEADER + entries, encoding="utf-8")
    return file


def test_a_catalogue__compiled__translates(tmp_path: Path) -> None:
    file = write(tmp_path, 'msgid "closed"\nmsgstr "已销号"\n')
    catalogues.compile_all(tmp_path)
    with file.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("closed") == "已销号"


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ('msgid "closed"\nmsgstr "已销号"\n', None),
        ('msgid "closed"\nmsgstr ""\n', "missing"),
        ('#, fuzzy\nmsgid "closed"\nmsgstr "已销号"\n', "fuzzy"),
        ('msgid "%(n)s left"\nmsgstr "剩余"\n', "placeholders"),
        ('msgid "{n} left"\nmsgstr "剩 {n} 个"\n', None),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s 天"\n', None),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] ""\n', "missing"),
        ('#~ msgid "gone"\n#~ msgstr ""\n', None),
    ],
)
def test_an_entry__missing_fuzzy_or_without_its_placeholder__is_told(
    tmp_path: Path, entry: str, complaint: str | None
) -> None:
    told = [line.partition(":")[0].split()[0] for line in catalogues.unfinished(write(tmp_path, entry))]
    assert told == ([] if complaint is None else [complaint])
