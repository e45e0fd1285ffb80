"""After a decision the page says what was decided, not only at which step."""

import pytest

from tests.workflow.pages.stage import ALL_POINTS, Stage, address
from tests.workflow.pages.test_work_pages import brought_to
from tests.workflow.pages.visits import Visitor, told
from workflow.models import Measure
from workflow.pages.work import STEPS

pytestmark = pytest.mark.django_db

WORDS = {
    ("accept", "accept"): "Accept",
    ("fill", "submit"): "Submit for review",
    ("review", "approve"): "Approve",
    ("review", "send_back"): "Send back",
    ("consolidate", "draft"): "Send for signature",
    ("sign", "report"): "Sign and report",
    ("sign", "return_draft"): "Return to the handler",
    ("verify", "verify"): "Pass the verification",
    ("verify", "rework"): "Return to bureaus (教育局 (lead)、人力社保局)",
    ("evaluate", "score"): "Submit the evaluation",
    ("close", "close"): "Strike the measure off",
    ("close", "rework"): "Return to bureaus (教育局 (lead)、人力社保局)",
}


@pytest.mark.parametrize(("node", "decision"), WORDS)
def test_the_decision_is_named(stage: Stage, node: str, decision: str) -> None:
    thing = brought_to(stage, node)
    measure = thing if isinstance(thing, Measure) else thing.measure
    returned = [stage.share(measure, bureau).pk for bureau in (stage.lead, stage.support)]
    data = {
        "progress": "已完成",
        **{f"reading-{target.pk}": "96" for target in measure.targets.all()},
        "summary": "汇总",
        "checklist": ALL_POINTS,
        "score": "90",
        "opinion": "属实",
        "declared_independent": "on",
    }
    back = {"shares": returned, "reason": "数据不实"}

    answer = Visitor(stage.post(thing)).follow(
        "ledger:work",
        *address(thing),
        decision=decision,
        **(back if decision in {"send_back", "return_draft", "rework"} else data),
    )

    assert told(answer) == [f"Done: {WORDS[node, decision]}, {measure.code}."]


def test_every_decision_of_every_step_has_words_of_its_own() -> None:
    for name, step in STEPS.items():
        labels = [str(decision.label) for decision in step.decisions.values()]
        assert all(labels), name
        assert len(labels) == len(set(labels)), name
