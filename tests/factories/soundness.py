"""That the database agrees with itself."""

from flows.consistency import all_findings


def assert_sound() -> None:
    """Fail with everything that `check_consistency` finds."""
    findings = all_findings()
    if findings:
        raise AssertionError("\n".join(str(finding) for finding in findings))
