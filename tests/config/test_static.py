"""What is collected for the pages."""

from django.contrib.staticfiles.management.commands.collectstatic import Command


def test_collecting__leaves_out_the_pages_of_viewflow_and_takes_ours() -> None:
    command = Command(stdout=None)
    command.set_options(
        interactive=False, verbosity=0, link=False, clear=False, dry_run=True, ignore_patterns=[],
        use_default_ignore_patterns=True, post_process=False,
    )  # fmt: skip
    collected = command.collect()
    names = {name.replace("\\", "/") for name in collected["modified"] + collected["unmodified"]}
    assert {"ledger.css", "ledger.js", "django_htmx/htmx-2.min.js"} <= names
    assert not [name for name in names if name.startswith("viewflow")]
