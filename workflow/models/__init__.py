"""The ledger's tables: fields and transitions only; every write of business state is in `workflow/actions`."""

from workflow.models.action_item import ActionItem
from workflow.models.amendment import Amendment
from workflow.models.audit_event import AuditEvent, TrailHead
from workflow.models.calendar_day import CalendarDay
from workflow.models.cancellation import Cancellation
from workflow.models.closure import Closure
from workflow.models.consolidation import Consolidation
from workflow.models.cycle import Cycle, ShareCycle
from workflow.models.document import Document, DocumentSeries
from workflow.models.draft import Draft
from workflow.models.engagement import Engagement
from workflow.models.evaluation import Evaluation
from workflow.models.evidence import Evidence, EvidenceFile
from workflow.models.hand_over import HandOver
from workflow.models.instruction import Instruction, InstructionReply
from workflow.models.measure import Measure
from workflow.models.milestone import Milestone
from workflow.models.objection import Objection
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
from workflow.models.request import Request
from workflow.models.responsible_unit import ResponsibleUnit
from workflow.models.rule_version import RuleVersion
from workflow.models.seal import AnchorPush, AnchorReceipt, SealCheckpoint, SealedLine, SealedSubtree
from workflow.models.section import Section
from workflow.models.share import Share
from workflow.models.suspension import Suspension
from workflow.models.target import Target
from workflow.models.verification import Verification

__all__ = [
    "ActionItem",
    "Amendment",
    "AnchorPush",
    "AnchorReceipt",
    "AuditEvent",
    "CalendarDay",
    "Cancellation",
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
    "HandOver",
    "ImportFile",
    "ImportLine",
    "ImportMeasure",
    "ImportSection",
    "ImportText",
    "Instruction",
    "InstructionReply",
    "Measure",
    "Milestone",
    "Objection",
    "Plan",
    "PlanImport",
    "Reading",
    "Report",
    "Request",
    "ResponsibleUnit",
    "RuleVersion",
    "SealCheckpoint",
    "SealedLine",
    "SealedSubtree",
    "Section",
    "Share",
    "ShareCycle",
    "Suspension",
    "Target",
    "TrailHead",
    "Verification",
]
