"""The best SQL for what each page asks, in one statement: what the pages' own reads are held against."""

from flows.inbox import COUNT_LIMIT, PAGE

_DESKS = """
    select a.scope_id from accounts_appointment a
    join accounts_user u on u.id = a.user_id and u.is_active
    join accounts_membership m on m.user_id = a.user_id and m.bureau_id = a.scope_id
        and m.since <= %(day)s and (m.until is null or m.until >= %(day)s)
    where a.user_id = %(person)s and a.role = 'handler' and a.scope_kind = 'bureau'
        and a.since <= %(day)s and (a.until is null or a.until >= %(day)s)
"""
"""The bureaus in which the person is a handler today."""

INBOX = f"""
with desk as ({_DESKS}), page as (
    select i.* from desk cross join lateral (
        select id, process_id, measure_id, share_id, flow_task, due from flows_workitem
        where bureau_id = desk.scope_id and role = 'handler' and finished is null and owner_id is null
        order by due, id limit {PAGE + 1}
    ) i order by i.due, i.id limit {PAGE + 1}
)
select page.*, measure.code, measure.title, share.state, bureau.name,
    (select count(*) from (
        select from desk join flows_workitem i on i.bureau_id = desk.scope_id and i.role = 'handler'
        where i.finished is null and i.owner_id is null limit {COUNT_LIMIT}) free),
    (select count(*) from (
        select from flows_workitem i where i.owner_id = %(person)s and i.finished is null
        and i.bureau_id in (select scope_id from desk) limit {COUNT_LIMIT}) mine)
from page
join workflow_measure measure on measure.id = page.measure_id
join workflow_share share on share.id = page.share_id
join accounts_bureau bureau on bureau.id = share.bureau_id
order by page.due, page.id
"""
"""The first page of a handler's work to be claimed, with both counts."""


_PLANS = """
    select a.scope_id from accounts_appointment a join accounts_user u on u.id = a.user_id and u.is_active
    where a.user_id = %(person)s and a.role = 'supervisor' and a.scope_kind = 'plan'
        and a.since <= %(day)s and (a.until is null or a.until >= %(day)s)
"""
"""The plans in which the person is a supervisor today."""

_LEDGER = f"""
with visible as ({_PLANS}), page as (
    select m.* from visible cross join lateral (
        select id, plan_id, section_id, position, code, title, state, kind, due, shares_total, shares_open,
            shares_verified
        from workflow_measure where plan_id = visible.scope_id order by plan_id, position limit {PAGE + 1}
    ) m order by m.plan_id, m.position limit {PAGE + 1}
)
select page.*, section.title, bureau.name, cycle.due{{also}}
from page
join workflow_section section on section.id = page.section_id
join workflow_share share on share.measure_id = page.id and share.is_lead
join accounts_bureau bureau on bureau.id = share.bureau_id
join workflow_cycle cycle on cycle.measure_id = page.id and cycle.is_current
{{more}}
order by page.plan_id, page.position
"""

LEDGER = _LEDGER.format(also="", more="")
"""The lines of a page without their lamps."""

LEDGER_WITH_FACTS = _LEDGER.format(
    also=""", cycle.working_days, facts.*,
    (select min(t.due) from workflow_target t
        where t.measure_id = page.id and t.state = 'confirmed' and t.due is not null and not exists (
            select from workflow_reading r join workflow_report p on p.id = r.report_id
            where r.target_id = t.id and r.value is not null and p.withdrawn_at is null)),
    (select e.result from workflow_evaluation e where e.cycle_id = cycle.id and e.state = 'submitted'
        order by e.round desc limit 1)""",
    more="""
cross join lateral (
    select min(part.due) filter (where s.is_lead or s.is_critical),
        min(part.due) filter (where not s.is_lead and not s.is_critical),
        max(part.working_days), max(part.returns) filter (where s.is_lead or s.is_critical),
        min(s.dispatched_on) filter (where s.state = 'assigned' and (s.is_lead or s.is_critical))
    from workflow_sharecycle part join workflow_share s on s.id = part.share_id and s.state <> 'closed'
    where part.cycle_id = cycle.id
) facts""",
)
"""The same lines with the facts from which their lamps follow."""

OVERVIEW = f"""
with plan as (select p.id from workflow_plan p where p.code = %(plan)s and p.id in ({_PLANS}))
select * from (
    select null::bigint, null, state, count(*), null::bigint from workflow_measure
    where plan_id = (select id from plan) group by state
    union all
    select s.bureau_id, b.name, s.state, s.n, s.leads from (
        select bureau_id, state, count(*) n, count(*) filter (where is_lead) leads from workflow_share
        where plan_id = (select id from plan) group by bureau_id, state
    ) s join accounts_bureau b on b.id = s.bureau_id
) counted
"""
"""How many measures of a plan stand in each state, and how many shares of each bureau do."""
