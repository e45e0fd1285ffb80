"""The dated measures: one scene each, told from their date or from today, so that every state is on show.

A number of days in a scene counts working days, from today where it is `_ago`, else from the step before.
"""

from collections.abc import Callable, Mapping
from datetime import date

from workflow.management.sample.decisions import schedule_of
from workflow.management.sample.life import Life


def _ago(life: Life, working_days: int) -> date:
    return life.world.period.from_today(-working_days)


def _later(life: Life, working_days: int) -> date:
    return life.world.period.after(life.thread.day, working_days)


def _due(life: Life) -> date:
    when = schedule_of(life.key).when
    assert callable(when)  # noqa: S101 - only dated measures have a scene
    return when(life.world.period)


def _report(life: Life, days_before: int) -> None:
    """Everybody reports; the last one so many working days before the measure's date."""
    life.report_measure(life.world.period.after(_due(life), -days_before))


def enrolment(life: Life) -> None:
    """08-02, closed: done before the enrolment season."""
    _report(life, 12)
    life.verify(_later(life, 2), visit=True)
    life.close(_later(life, 2), "招生办法按期印发，派位全程公证，群众反映平稳，同意销号。")


def recruiting(life: Life) -> None:
    """04-03, closed after an evaluation that it passed."""
    _report(life, 28)
    life.verify(_later(life, 3))
    life.engage(_later(life, 1))
    life.score(
        _later(life, 9),
        "pinggu1",
        86,
        "招聘程序规范，试讲环节评分细则清楚；抽访新入职教师30人，满意度较高。建议补充校长职级制的退出条款。",
    )
    life.close(_later(life, 2), "评估达标，三项改革均已落地，同意销号。")


def neighbours(life: Life) -> None:
    """06-02, closed early, then put back on the ledger for what an audit found."""
    life.report_measure(life.world.period.from_start(188))
    life.verify(_later(life, 3))
    life.close(_later(life, 2), "年度任务提前完成，同意销号。")
    life.reopen(
        _ago(life, 7),
        ["区教育局"],
        "托管经费使用明细不全，受训人员签到表缺少一期，需补齐并重新报送。",
        "区审计局专项审计意见第3条",
    )
    life.lead.begin_draft(_ago(life, 2))


def standards(life: Life) -> None:
    """05-03, red: its date has passed, and the report that came was returned by the head."""
    life.lead.submit(_ago(life, 11))
    life.lead.send_back(
        _ago(life, 10), "标准只到征求意见稿，归集的三类数据没有给出完整率，不能作为办结报告。请补充后再报。"
    )


def workshops(life: Life) -> None:
    """03-03, blue: the date is near, the other bureau is done, the lead is writing."""
    life.shares["区人社局"].report(_ago(life, 4))
    life.lead.begin_draft(_ago(life, 1))


def schools(life: Life) -> None:
    """02-02, reported, waiting for verification."""
    life.report_all(_ago(life, 5))
    life.consolidate(_ago(life, 4))
    life.sign(_ago(life, 3))


def laboratory(life: Life) -> None:
    """08-01, reported by the approval of its single share, waiting for verification."""
    life.report_all(_ago(life, 3))


def platform(life: Life) -> None:
    """05-01, verified, waiting for an agency to be engaged."""
    _report(life, 3)
    life.verify(_ago(life, 3), visit=True)


def senior_schools(life: Life) -> None:
    """02-03, verified and engaged, waiting for the score."""
    _report(life, 3)
    life.verify(_ago(life, 14))
    life.engage(_ago(life, 12))


def training(life: Life) -> None:
    """04-02, engaged too; one evaluator was a member of 区人社局 and has to stand back."""
    _report(life, 4)
    life.verify(_ago(life, 11))
    life.engage(_ago(life, 6))


def salaries(life: Life) -> None:
    """04-04, verified, waiting for closure."""
    _report(life, 3)
    life.verify(_ago(life, 3))


def exchange(life: Life) -> None:
    """07-02, verified yesterday, waiting for closure."""
    _report(life, 5)
    life.verify(_ago(life, 1))


def budget(life: Life) -> None:
    """09-03, evaluated with a condition, waiting for closure."""
    _report(life, 4)
    life.verify(_ago(life, 20))
    life.engage(_ago(life, 17))
    life.score(
        _ago(life, 4),
        "pinggu2",
        74,
        "两项支出指标属实。2所学校固定资产账实不符尚未处理完毕，绩效评价结果公开不够及时，建议列为后续事项。",
    )


def classrooms(life: Life) -> None:
    """05-02, red: done early, but the evaluation was failed and the measure came back."""
    life.report_measure(_ago(life, 19))
    life.verify(_ago(life, 15))
    life.engage(_ago(life, 13))
    life.score(
        _ago(life, 3),
        "pinggu1",
        52,
        "抽查30间改造教室，11间近一个月使用不足5小时；信息素养测评未覆盖民办学校，成效证据以自述为主。",
    )


def partners(life: Life) -> None:
    """03-04: the consolidation is drafted and waits for the head's signature."""
    life.report_all(_ago(life, 4))
    life.consolidate(_ago(life, 2))


def three_places(life: Life) -> None:
    """06-01: the head returned the draft of the consolidation."""
    life.report_all(_ago(life, 6))
    life.consolidate(_ago(life, 4))
    life.return_draft(
        _ago(life, 2), "汇总没有写清哪些费用分担办法已与两地商定，问题部分与人社局报告不衔接，请修改。"
    )


def sport(life: Life) -> None:
    """01-04, yellow: the lead's report came back twice; the others stand at different points."""
    lead = life.lead
    lead.submit(_ago(life, 16))
    lead.send_back(_ago(life, 14), "技能与特长两项没有数值。口径统一以后再报，不要先报后补。")
    lead.submit(_ago(life, 9))
    lead.send_back(_ago(life, 7), "抽测尚未进行，近视率降幅没有复测数据，请完成后一并报送。")
    lead.begin_draft(_ago(life, 1))
    life.shares["区体育局"].report(_ago(life, 6))
    life.shares["区卫生健康委"].submit(_ago(life, 2))


def kindergartens(life: Life) -> None:
    """02-01, in progress with thirteen bureaus: some approved, some under review, one returned, some at work."""
    shares = life.shares
    for number, name in enumerate(
        ["规划和自然资源局**分局", "区政务服务办", "区人社局", "临江街道", "望湖街道"]
    ):
        shares[name].report(_ago(life, 9 - number))
    returned = shares["区住房建设委"]
    returned.submit(_ago(life, 5))
    returned.send_back(_ago(life, 4), "没有写明延误项目的名称和新的竣工日期，请补充施工单位的书面承诺。")
    for number, name in enumerate(["区财政局", "文昌街道", "区教育局"]):
        shares[name].submit(_ago(life, 3 - number))
    shares["区机关事务管理局"].begin_draft(_ago(life, 2))


Scene = Callable[[Life], None]

SCENES: Mapping[str, Scene] = {
    "01-04": sport,
    "02-01": kindergartens,
    "02-02": schools,
    "02-03": senior_schools,
    "03-03": workshops,
    "03-04": partners,
    "04-02": training,
    "04-03": recruiting,
    "04-04": salaries,
    "05-01": platform,
    "05-02": classrooms,
    "05-03": standards,
    "06-01": three_places,
    "06-02": neighbours,
    "07-02": exchange,
    "08-01": laboratory,
    "08-02": enrolment,
    "09-03": budget,
}
"""What happens after every bureau has accepted."""

LATE: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "03-02": (1, ("区教育局", "区文化和旅游局")),
    "09-04": (4, ("区教育局",)),
}
"""Measures dispatched a few working days ago, and the bureaus that have not accepted yet."""

NOT_DISPATCHED = "07-01"
"""Still a draft on the ledger: the measure that a newcomer takes from 交办 to 销号."""
