"""The ledger's tables: fields and transitions only; every write of business state is in `workflow/actions`."""

from workflow.models.action_item import ActionItem
from workflow.models.amendment import Amendment
from workflow.models.audit_event import AuditEvent, TrailHead
from workflow.models.calendar_day import CalendarDay
from workflow.models.closure import Closure
from workflow.models.consolidation import Consolidation
from workflow.models.cycle import Cycle, ShareCycle
from workflow.models.document import Document, DocumentSeries
from workflow.models.draft import Draft
from workflow.models.engagement import Engagement
from workflow.models.evaluation import Evaluation
from workflow.models.evidence import Evidence, EvidenceFile
from workflow.models.measure import Measure
from workflow.models.milestone import Milestone
from workflow.models.plan import Plan
from workflow.models.plan_import import (
    ImportFile,
    ImportLine,
    ImportMeasure,
    ImportSection,
    ImportText,
    PlanImport,
)
from workflow.models.report import Reading, Report
from workflow.models.responsible_unit import ResponsibleUnit
from workflow.models.rule_version import RuleVersion
from workflow.models.section import Section
from workflow.models.share import Share
from workflow.models.target import Target
from workflow.models.verification import Verification

__all__ = [
    "ActionItem",
    "Amendment",
    "AuditEvent",
    "CalendarDay",
    "Closure",
    "Consolidation",
    "Cycle",
    "Document",
    "DocumentSeries",
    "Draft",
    "Engagement",
    "Evaluation",
    "Evidence",
    "EvidenceFile",
    "ImportFile",
    "ImportLine",
    "ImportMeasure",
    "ImportSection",
    "ImportText",
    "Measure",
    "Milestone",
    "Plan",
    "PlanImport",
    "Reading",
    "Report",
    "ResponsibleUnit",
    "RuleVersion",
    "Section",
    "Share",
    "ShareCycle",
    "Target",
    "TrailHead",
    "Verification",
]
