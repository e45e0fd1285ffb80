"""Front-end files: only those named, without hints at source maps."""

from pathlib import Path

import pytest

from workshop import assets
from workshop.running import StoppedError


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (b"a{b:c}\n/*# sourceMappingURL=tabler.min.css.map */", b"a{b:c}\n"),
        (b"f();\n//# sourceMappingURL=f.js.map\ng();", b"f();\n\ng();"),
        (b"a{b:c} /* a comment that stays */", b"a{b:c} /* a comment that stays */"),
    ],
)
def test_a_hint_at_a_source_map__is_left_out(content: bytes, kept: bytes) -> None:
    assert assets.without_source_map(content) == kept


def test_a_file__named_in_the_manifest__is_put_in_its_place_and_no_other(tmp_path: Path) -> None:
    packages, built = tmp_path / "node_modules", tmp_path / "built"
    packages.mkdir()
    (packages / "a.css").write_text("a{}")
    (packages / "b.css").write_text("b{}")
    assets.place({"vendor/look.css": "a.css"}, packages, built)
    assert [path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()] == [
        "vendor/look.css"
    ]


def test_a_file__that_the_packages_do_not_hold__stops_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoppedError, match=r"assets\.json"):
        assets.place({"vendor/look.css": "gone.css"}, tmp_path, tmp_path / "built")
