"""Random walks together reach every act, and most refusals that the actions know."""

from collections import Counter
from datetime import date

import pytest

from flows.measure import MeasureFlow
from flows.nodes.work import work_nodes
from flows.share import ShareFlow
from tests.factories.cast import Cast
from tests.factories.clock import Clock
from tests.factories.scale import dice_of
from tests.factories.soundness import assert_sound
from tests.factories.walker import Walker

pytestmark = [pytest.mark.prove, pytest.mark.django_db]

WALKS, STEPS, LEAST_REFUSALS = 40, 150, 25


def test_walks_reach_every_act_and_most_refusals(clock: Clock) -> None:
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for n in range(WALKS):
        clock.to(date(2026, 3, 2))
        walker = Walker(Cast(mark=f"{n}-"), clock, dice_of(n))
        walker.walk(STEPS, lambda: None)
        done, refused = done + walker.done, refused + walker.refused
    assert_sound()
    by_items = {verb for flow in (ShareFlow, MeasureFlow) for node in work_nodes(flow) for verb in node.verbs}
    assert by_items - set(done) == set(), done
    assert {"dispatch", "withdraw", "send_back", "rework", "miss", "waive", "reopen", "leave"} - set(
        done
    ) == set()
    assert len(refused) >= LEAST_REFUSALS, sorted(refused)
