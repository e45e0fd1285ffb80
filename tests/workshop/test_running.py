"""Running other programs: quiet, and one sentence when they fail."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from workshop import running


def test_a_program_that_fails__stops_with_the_sentence_and_leaves_its_words_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LOG", tmp_path / "setup.log")
    with pytest.raises(running.StoppedError, match=r"^Mend it\."):
        running.quietly([sys.executable, "-c", "print('why'); raise SystemExit(3)"], otherwise="Mend it.")
    assert "why" in running.LOG.read_text()


def test_a_program_that_is_not_there__stops_with_the_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LOG", tmp_path / "setup.log")
    with pytest.raises(running.StoppedError, match=r"^Mend it\."):
        running.quietly([str(tmp_path / "gone")], otherwise="Mend it.")


def test_the_lock__is_waited_for_while_another_process_holds_it(tmp_path: Path) -> None:
    hold = (
        "import sys, time; from pathlib import Path; from workshop.running import one_at_a_time\n"
        "with one_at_a_time(Path(sys.argv[1])): print('held', flush=True); time.sleep(0.5)"
    )
    command = [sys.executable, "-c", hold, str(tmp_path / "lock")]
    with subprocess.Popen(command, cwd=running.ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        other.stdout.readline()
        began = time.perf_counter()
        with running.one_at_a_time(tmp_path / "lock"):
            assert time.perf_counter() - began > 0.2
