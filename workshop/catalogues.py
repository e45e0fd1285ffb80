"""Compiles the translations and says what is wrong with them: `python -m workshop.catalogues compile | check`.

Runs in `.venv`: it needs polib, and for the words in the code Django and the machine's xgettext.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import polib

from workshop.running import ROOT

LOCALE = ROOT / "locale"
TRANSLATED = "zh_Hans"
SOURCES = ("accounts", "config", "flows", "templates", "workflow")
Key = tuple[str | None, str, str | None]


def compile_all(locale: Path = LOCALE) -> None:
    """Write the .mo file beside every .po file."""
    for path in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        fresh = path.with_suffix(".mo.new")
        polib.pofile(str(path)).save_as_mofile(str(fresh))
        os.replace(fresh, path.with_suffix(".mo"))


def unfinished(path: Path) -> Iterator[str]:
    """What is fuzzy, missing or loses a placeholder in the catalogue at `path`, a line each."""
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        if entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif not entry.translated():
            yield f"missing: {entry.msgid!r}"
        else:
            yield from _lost_placeholders(entry)


def _lost_placeholders(entry: polib.POEntry) -> Iterator[str]:
    wanted = placeholders(entry.msgid_plural or entry.msgid)
    for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
        if placeholders(text) != wanted:
            yield f"placeholders differ: {entry.msgid!r}"


def placeholders(text: str) -> set[str]:
    """The named placeholders of `text`, `%(name)s` and `{name}` alike."""
    parts = [part.partition(")")[0] for part in text.split("%(")[1:]]
    return {*parts, *(part.partition("}")[0] for part in text.split("{")[1:] if "}" in part)}


def key_of(entry: polib.POEntry) -> Key:
    """What makes an entry one: context, text and plural."""
    return (entry.msgctxt, entry.msgid, entry.msgid_plural or None)


def words_of_the_code(root: Path = ROOT) -> set[Key]:
    """Every entry that the code and templates ask for, found by Django's makemessages in a copy of them."""
    with TemporaryDirectory(prefix="duban-words-") as name:
        copy = Path(name)
        for source in SOURCES:
            shutil.copytree(root / source, copy / source, ignore=shutil.ignore_patterns("__pycache__"))
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale", TRANSLATED, "--no-obsolete"]
        environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=copy, env=environment, check=True, stdout=subprocess.DEVNULL)
        made = copy / "locale" / TRANSLATED / "LC_MESSAGES" / "django.po"
        return {key_of(entry) for entry in polib.pofile(str(made))}


def complaints() -> list[str]:
    """Everything wrong with the translations. Words of the code are compared where xgettext is installed."""
    path = LOCALE / TRANSLATED / "LC_MESSAGES" / "django.po"
    if not path.is_file():
        return [f"{path.relative_to(ROOT)} is not there"]
    found = list(unfinished(path))
    if shutil.which("xgettext") is None:
        print("xgettext is not installed: the words of the code were not compared.")
        return found
    held = {key_of(entry) for entry in polib.pofile(str(path)) if not entry.obsolete}
    asked = words_of_the_code()
    found += [f"not in the catalogue: {key[1]!r}" for key in sorted(asked - held, key=str)]
    found += [f"no longer in the code: {key[1]!r}" for key in sorted(held - asked, key=str)]
    return found


def main(verb: str) -> int:
    """Do what `verb` says; 1 when something is wrong."""
    if verb == "compile":
        compile_all()
        return 0
    found = complaints()
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
