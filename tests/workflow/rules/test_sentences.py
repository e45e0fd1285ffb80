"""Every refusal has a sentence, every sentence is used, and stored refusals read in the reader's language."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from workflow.rules.refusal import Conflict, Forbidden, Invalid, NotFound, Refused, sentence
from workflow.rules.sentences import SENTENCES

ROOT = Path(__file__).resolve().parents[3]
RAISED = re.compile(r'(?:Refused|Forbidden|NotFound|Conflict|Invalid)\(\s*"([a-z_.]+)"')
QUOTED = re.compile(r'"([a-z_]+\.[a-z_]+)"')


def _sources() -> str:
    """The project's own code, without the sentences themselves."""
    files = [f for package in ("accounts", "flows", "workflow") for f in (ROOT / package).rglob("*.py")]
    return "\n".join(f.read_text() for f in files if f.name != "sentences.py" and "migrations" not in f.parts)


def test_every_refusal_raised_in_the_code_has_its_sentence() -> None:
    raised = set(RAISED.findall(_sources()))
    assert len(raised) > 30
    assert raised - set(SENTENCES) == set()


def test_every_sentence_belongs_to_a_refusal_of_the_code() -> None:
    assert set(SENTENCES) - set(QUOTED.findall(_sources())) == set()


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_sentence_is_one_sentence_and_names_its_parameters(code: str) -> None:
    with override("en"):
        template = str(SENTENCES[code])
    names = re.findall(r"%\((\w+)\)s", template)
    text = template % dict.fromkeys(names, "x")
    assert text[0].isupper() or text[0] in "x“%"
    assert text.endswith((".", "x"))
    assert "%" not in text


def test_a_stored_state_reads_as_the_state_of_its_kind_of_thing() -> None:
    with override("en"):
        assert str(Conflict("state.wrong", state="verified", of="share")) == (
            "This cannot be done in the state “approved”."
        )
        assert str(Conflict("state.wrong", state="verified", of="measure")) == (
            "This cannot be done in the state “verified”."
        )


def test_a_stored_role_reads_as_the_role() -> None:
    with override("en"):
        text = sentence("separation.roles", {"asked": "auditor", "held": "handler"})
    assert text == "The role “auditor” cannot be held beside “handler”."


def test_a_refusal_keeps_codes_and_parameters_and_never_words() -> None:
    refusal = Conflict("state.wrong", state="draft", of="plan")
    assert (refusal.code, refusal.params) == ("state.wrong", {"state": "draft", "of": "plan"})


@pytest.mark.parametrize(
    ("kind", "status"), [(Forbidden, 403), (NotFound, 404), (Conflict, 409), (Invalid, 422)]
)
def test_each_kind_of_refusal_has_its_own_status(kind: type[Refused], status: int) -> None:
    assert kind("right.missing").status == status
    assert issubclass(kind, Refused)


def test_an_invalid_input_names_the_field_at_fault() -> None:
    assert Invalid("input.reason", field="reason").field == "reason"
