"""What a user would pick instead: W in bare django-viewflow 2.4, as its documentation teaches it.

One flow with a parallel branch for each bureau, a proxy of viewflow's process that keeps its fields in `data`, its
recommended row lock. No rights beyond the owner of a task, no rules, no trail beyond viewflow's own tasks.
Each step does what viewflow's own view does with a POST (`viewflow.workflow.flow.decorators`).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from viewflow import jsonstore, this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process, Task

from accounts.models import User
from benchmarks.unit import BUREAUS, SCORE, SUMMARY, Cast, Left, NotAllowedError, Step, progress, readings


class MeasureProcess(Process):
    """A measure with the parts of its four bureaus."""

    number = jsonstore.IntegerField()
    state = jsonstore.CharField(max_length=12)
    shares = jsonstore.JSONField(default=dict)
    summary = jsonstore.CharField(max_length=200)
    score = jsonstore.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        proxy = True
        app_label = "benchmarks"


class BareFlow(flow.Flow):
    """Dispatch; a report and an approval for each bureau side by side; consolidate, verify, score, close."""

    process_class = MeasureProcess
    lock_impl = lock.select_for_update_lock

    dispatch = flow.StartHandle(this.begin).Next(this.split)
    split = (
        flow.Split().Always(this.report_0).Always(this.report_1).Always(this.report_2).Always(this.report_3)
    )
    report_0 = flow.View(None).Next(this.approve_0)
    approve_0 = flow.View(None).Next(this.join)
    report_1 = flow.View(None).Next(this.approve_1)
    approve_1 = flow.View(None).Next(this.join)
    report_2 = flow.View(None).Next(this.approve_2)
    approve_2 = flow.View(None).Next(this.join)
    report_3 = flow.View(None).Next(this.approve_3)
    approve_3 = flow.View(None).Next(this.join)
    join = flow.Join().Next(this.consolidate)
    consolidate = flow.View(None).Next(this.verify)
    verify = flow.View(None).Next(this.score)
    score = flow.View(None).Next(this.close)
    close = flow.View(None).Next(this.closed)
    closed = flow.End()

    def begin(self, activation: Any, number: int) -> MeasureProcess:
        """The process of a new measure."""
        process: MeasureProcess = activation.process
        process.number, process.state = number, "assigned"
        process.shares = {bureau: {"state": "assigned"} for bureau in BUREAUS}
        return process


class BareViewflow:
    """Its own process and tasks on the same server, through the same Django."""

    name = "bare django-viewflow"
    checks_rights = False
    keeps_a_trail = False

    def __init__(self) -> None:
        self._processes: dict[int, int] = {}

    def connection(self) -> Any:
        """Django's connection."""
        connection.ensure_connection()
        return connection.connection

    def prepare(self) -> Cast:
        """People."""
        people = User.objects.bulk_create(
            User(username=f"bare-{n}", name=f"bare-{n}", password="!") for n in range(12)
        )
        self.cast = Cast(tuple(people[:4]), tuple(people[4:8]), *people[8:12])
        return self.cast

    def unit(self, number: int) -> Iterator[Step]:
        """The seventeen steps."""
        cast = self.cast

        def dispatch(by: User) -> None:
            self._processes[number] = BareFlow.dispatch.run(number=number).pk

        yield Step("dispatch", cast.supervisor, dispatch)
        process = self._processes[number]
        for n, bureau in enumerate(BUREAUS):
            told = {
                "state": "reported",
                "text": progress(number, bureau),
                "readings": [str(value) for value in readings(number)],
            }
            yield _claim(process, f"report_{n}", cast.handlers[n])
            yield _step("report", process, f"report_{n}", cast.handlers[n], share=(bureau, told))
            approved = (bureau, {"state": "verified"})
            yield _step("approve", process, f"approve_{n}", cast.heads[n], share=approved)
        yield _step("consolidate", process, "consolidate", cast.heads[0], state="reported", summary=SUMMARY)
        yield _step("verify", process, "verify", cast.supervisor, state="verified")
        yield _step("score", process, "score", cast.evaluator, score=SCORE)
        yield _step("close", process, "close", cast.approver, state="closed")

    def left_behind(self, number: int) -> Left:
        """What the process says, once viewflow counts it as done."""
        process = MeasureProcess.objects.get(pk=self._processes[number])
        return Left(
            state=process.state if process.finished else "unfinished",
            reports=tuple(
                (bureau, share["text"], tuple(Decimal(value) for value in share["readings"]))
                for bureau, share in ((bureau, process.shares[bureau]) for bureau in BUREAUS)
            ),
            summary=process.summary,
            score=process.score,
        )


def _task_key(process: int, node: str) -> int:
    task = Task.objects.get(process_id=process, flow_task=getattr(BareFlow.instance, node))
    return task.pk


def _activation(key: int) -> Any:
    """The task's activation as `wrap_task_view` makes it."""
    task = Task.objects.get(pk=key)
    assert task.process.flow_class is BareFlow
    return task.flow_task.activation_class(task)


def _claim(process: int, node: str, person: User) -> Step:
    key = _task_key(process, node)

    def act(by: User) -> None:
        with BareFlow.lock(process), transaction.atomic():
            activation = _activation(key)
            if not activation.flow_task.can_assign(by, activation.task):
                raise NotAllowedError
            activation.assign(by)

    return Step("claim", person, act)


def _step(
    name: str,
    process: int,
    node: str,
    person: User,
    share: tuple[str, dict[str, Any]] | None = None,
    **fields: Any,
) -> Step:
    key = _task_key(process, node)

    def act(by: User) -> None:
        with BareFlow.lock(process), transaction.atomic():
            activation = _activation(key)
            if activation.task.owner_id is None:
                activation.assign(by)
            if not activation.flow_task.can_execute(by, activation.task):
                raise NotAllowedError
            activation.start(None)
            _fill(activation.process, share, fields)
            activation.process.save()
            activation.execute()

    return Step(name, person, act)


def _fill(process: MeasureProcess, share: tuple[str, dict[str, Any]] | None, fields: dict[str, Any]) -> None:
    if share is not None:
        process.shares[share[0]].update(share[1])
    for field, value in fields.items():
        setattr(process, field, value)
