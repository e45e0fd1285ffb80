"""Lock files: versions and hashes, no address."""

import json
from pathlib import Path

import pytest

from workshop import locks

GOOD = "django==5.2.19 \\\n    --hash=sha256:aa\n    # via -r requirements/base.in\n"


def test_the_lock_files_of_the_project_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert (locks.main(), capsys.readouterr().out) == (0, "")


def test_a_pinned_and_hashed_line_is_right(tmp_path: Path) -> None:
    file = tmp_path / "base.txt"
    file.write_text(GOOD + GOOD.replace("5.2.19 ", "5.2.19 ; sys_platform == 'win32' "))
    assert list(locks.wrong_in_requirements(file)) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example.org/simple",
        "--find-links wheels",
        "-e .",
        "django @ https://mirror.example.org/django.whl",
        "django==5.2.19",
        "django>=5.2 \\\n    --hash=sha256:aa",
        "django==5.2.19 \\",
    ],
)
def test_an_address_an_option_or_a_loose_line_is_wrong(tmp_path: Path, line: str) -> None:
    file = tmp_path / "base.txt"
    file.write_text(GOOD + line + "\n")
    assert len(list(locks.wrong_in_requirements(file))) == 1


@pytest.mark.parametrize(
    ("package", "count"), [({"integrity": "x"}, 0), ({"integrity": "x", "resolved": "y"}, 1), ({}, 1)]
)
def test_a_package_of_npm_has_a_hash_and_no_address(
    tmp_path: Path, package: dict[str, str], count: int
) -> None:
    file = tmp_path / "package-lock.json"
    file.write_text(json.dumps({"packages": {"": {"name": "duban"}, "node_modules/a": package}}))
    assert len(list(locks.wrong_in_packages(file))) == count
