"""Addresses of the ledger's pages."""

from django.urls import path

from workflow.pages.access.page import AccessOf, OwnAccess
from workflow.pages.access.roles import Roles
from workflow.pages.bulk.acceptance import ForceAcceptanceOfMany
from workflow.pages.bulk.items import ClaimMany, HandOverMany, ReleaseMany
from workflow.pages.claim import Claim, HandOver, Release
from workflow.pages.decisions.add_bureau import AddBureauToMeasure
from workflow.pages.decisions.cancel import CancelMeasure
from workflow.pages.decisions.change_lead import ChangeLead
from workflow.pages.decisions.confirm_target import ConfirmTarget
from workflow.pages.decisions.decide_objection import DecideObjection
from workflow.pages.decisions.end_share import EndShare
from workflow.pages.decisions.engage_another import EngageAnother
from workflow.pages.decisions.force_acceptance import ForceAcceptance
from workflow.pages.decisions.instruct import GiveInstruction, ReplyToInstruction
from workflow.pages.decisions.miss_cycle import MissCycle
from workflow.pages.decisions.object import RaiseObjection
from workflow.pages.decisions.reopen import ReopenMeasure
from workflow.pages.decisions.resolve_unit import ResolveUnit
from workflow.pages.decisions.rework import ReturnMeasure
from workflow.pages.decisions.roadmap import (
    ConfirmMilestone,
    FileRoadmap,
    ReachMilestone,
    ReturnMilestone,
)
from workflow.pages.decisions.routine import TransferToRoutine
from workflow.pages.decisions.send_back import SendBackShare
from workflow.pages.decisions.suspend import ResumeMeasure, SuspendMeasure
from workflow.pages.decisions.tasks import FinishTask, HandTask, ResumeTask
from workflow.pages.decisions.waive import WaiveEvaluation, WaiveTarget
from workflow.pages.decisions.withdraw import WithdrawReport
from workflow.pages.deputies import Deputies, EndDeputy
from workflow.pages.draft import SaveDraft
from workflow.pages.editions.admission import Admission
from workflow.pages.editions.comparison import EditionOfImport
from workflow.pages.editions.kept import EditionDetail
from workflow.pages.editions.settling import SettleAmendment
from workflow.pages.evidence import AddEvidence, ConfirmGrade, ReadEvidence, RemoveEvidence
from workflow.pages.importing.confirm import ConfirmImport
from workflow.pages.importing.draft import ImportDetail, UndoImport
from workflow.pages.importing.measure import MeasureOfImport
from workflow.pages.importing.reading import ImportProgress, ReadImport
from workflow.pages.importing.sections import SectionsOfImport
from workflow.pages.importing.source import FileOfImport, PlanSource, PlanSourceFile, SourceOfImport
from workflow.pages.importing.units import UnitsOfImport
from workflow.pages.importing.uploads import DropImport, Imports
from workflow.pages.importing.warnings import WarningsOfImport
from workflow.pages.inbox import Done, Inbox
from workflow.pages.ledger_sheet import LedgerSheet
from workflow.pages.measure import MeasureDetail
from workflow.pages.measures import Measures
from workflow.pages.orders import OrderDetail, OrderFile
from workflow.pages.plans import PlanOverview, Plans
from workflow.pages.preparation.dispatch import DispatchMeasure, DispatchPlan
from workflow.pages.preparation.engagements import Engagements
from workflow.pages.preparation.measure import MeasurePreparation
from workflow.pages.preparation.offices import Offices
from workflow.pages.preparation.put_on_ledger import PutOnLedger
from workflow.pages.preparation.schedule import Schedule
from workflow.pages.preparation.targets import Targets
from workflow.pages.preparation.units import Units
from workflow.pages.requests.raising import AskCoordination, AskExtension, AskRefusal, AskTransfer
from workflow.pages.requests.request import RequestDetail, WithdrawRequest
from workflow.pages.work import Work

app_name = "ledger"

urlpatterns = [
    path("", Inbox.as_view(), name="inbox"),
    path("done/", Done.as_view(), name="done"),
    path("measures/", Measures.as_view(), name="measures"),
    path("measures.xlsx", LedgerSheet.as_view(), name="ledger-sheet"),
    path("measures/<str:code>/", MeasureDetail.as_view(), name="measure-detail"),
    path("measures/<str:code>/access/", OwnAccess.as_view(), name="measure-access"),
    path("measures/<str:code>/access/<int:person>/", AccessOf.as_view(), name="measure-access-of"),
    path("measures/<str:code>/return/", ReturnMeasure.as_view(), name="return-measure"),
    path("measures/<str:code>/waive-evaluation/", WaiveEvaluation.as_view(), name="waive-evaluation"),
    path("measures/<str:code>/engage-another/", EngageAnother.as_view(), name="engage-another"),
    path("measures/<str:code>/miss-cycle/", MissCycle.as_view(), name="miss-cycle"),
    path("measures/<str:code>/end-share/", EndShare.as_view(), name="end-share"),
    path("measures/<str:code>/add-bureau/", AddBureauToMeasure.as_view(), name="add-bureau"),
    path("measures/<str:code>/resolve-unit/", ResolveUnit.as_view(), name="resolve-unit"),
    path("measures/<str:code>/change-lead/", ChangeLead.as_view(), name="change-lead"),
    path("measures/<str:code>/roadmap/", FileRoadmap.as_view(), name="roadmap"),
    path(
        "measures/<str:code>/milestones/<int:milestone>/reached/",
        ReachMilestone.as_view(),
        name="reach-milestone",
    ),
    path(
        "measures/<str:code>/milestones/<int:milestone>/confirm/",
        ConfirmMilestone.as_view(),
        name="confirm-milestone",
    ),
    path(
        "measures/<str:code>/milestones/<int:milestone>/return/",
        ReturnMilestone.as_view(),
        name="return-milestone",
    ),
    path("measures/<str:code>/items/<int:item>/hand/", HandTask.as_view(), name="hand-task"),
    path("measures/<str:code>/items/<int:item>/done/", FinishTask.as_view(), name="finish-task"),
    path("measures/<str:code>/items/<int:item>/again/", ResumeTask.as_view(), name="resume-task"),
    path("measures/<str:code>/reopen/", ReopenMeasure.as_view(), name="reopen-measure"),
    path("measures/<str:code>/suspend/", SuspendMeasure.as_view(), name="suspend-measure"),
    path("measures/<str:code>/resume/", ResumeMeasure.as_view(), name="resume-measure"),
    path("measures/<str:code>/routine/", TransferToRoutine.as_view(), name="transfer-to-routine"),
    path("measures/<str:code>/objections/", RaiseObjection.as_view(), name="raise-objection"),
    path(
        "measures/<str:code>/objections/<int:objection>/", DecideObjection.as_view(), name="decide-objection"
    ),
    path("measures/<str:code>/cancel/", CancelMeasure.as_view(), name="cancel-measure"),
    path("measures/<str:code>/targets/<int:target>/waive/", WaiveTarget.as_view(), name="waive-target"),
    path(
        "measures/<str:code>/shares/<int:share>/withdraw/", WithdrawReport.as_view(), name="withdraw-report"
    ),
    path("measures/<str:code>/shares/<int:share>/send-back/", SendBackShare.as_view(), name="send-back"),
    path(
        "measures/<str:code>/shares/<int:share>/force-acceptance/",
        ForceAcceptance.as_view(),
        name="force-acceptance",
    ),
    path("measures/<str:code>/instruct/", GiveInstruction.as_view(), name="instruct"),
    path(
        "measures/<str:code>/replies/<int:reply>/",
        ReplyToInstruction.as_view(),
        name="reply-to-instruction",
    ),
    path("measures/<str:code>/shares/<int:share>/extension/", AskExtension.as_view(), name="ask-extension"),
    path("measures/<str:code>/shares/<int:share>/refusal/", AskRefusal.as_view(), name="ask-refusal"),
    path("measures/<str:code>/shares/<int:share>/transfer/", AskTransfer.as_view(), name="ask-transfer"),
    path(
        "measures/<str:code>/shares/<int:share>/coordination/",
        AskCoordination.as_view(),
        name="ask-coordination",
    ),
    path("measures/<str:code>/requests/<int:asked>/", RequestDetail.as_view(), name="request"),
    path(
        "measures/<str:code>/requests/<int:asked>/withdraw/",
        WithdrawRequest.as_view(),
        name="withdraw-request",
    ),
    path("measures/<str:code>/preparation/", MeasurePreparation.as_view(), name="measure-preparation"),
    path("measures/<str:code>/targets/<int:target>/confirm/", ConfirmTarget.as_view(), name="confirm-target"),
    path(
        "measures/<str:code>/amendments/<int:amendment>/settle/",
        SettleAmendment.as_view(),
        name="settle-amendment",
    ),
    path("measures/<str:code>/dispatch/", DispatchMeasure.as_view(), name="dispatch-measure"),
    path("deputies/", Deputies.as_view(), name="deputies"),
    path("deputies/<int:deputy>/end/", EndDeputy.as_view(), name="end-deputy"),
    path("roles/", Roles.as_view(), name="roles"),
    path("plans/", Plans.as_view(), name="plans"),
    path("plans/<str:code>/", PlanOverview.as_view(), name="plan-detail"),
    path("plans/<str:code>/offices/", Offices.as_view(), name="plan-offices"),
    path("plans/<str:code>/units/", Units.as_view(), name="plan-units"),
    path("plans/<str:code>/schedule/", Schedule.as_view(), name="plan-schedule"),
    path("plans/<str:code>/targets/", Targets.as_view(), name="plan-targets"),
    path("plans/<str:code>/put-on-ledger/", PutOnLedger.as_view(), name="put-on-ledger"),
    path("plans/<str:code>/dispatch/", DispatchPlan.as_view(), name="dispatch-plan"),
    path(
        "plans/<str:code>/force-acceptance/",
        ForceAcceptanceOfMany.as_view(),
        name="force-acceptance-many",
    ),
    path("plans/<str:code>/engagements/", Engagements.as_view(), name="plan-engagements"),
    path("plans/<str:code>/admission/", Admission.as_view(), name="plan-admission"),
    path("plans/<str:code>/editions/<int:edition>/", EditionDetail.as_view(), name="plan-edition"),
    path("plans/<str:code>/source/", PlanSource.as_view(), name="plan-source"),
    path("plans/<str:code>/source/<int:position>/", PlanSourceFile.as_view(), name="plan-source-file"),
    path("orders/<int:order>/", OrderDetail.as_view(), name="order"),
    path("orders/<int:order>.docx", OrderFile.as_view(), name="order-file"),
    path("imports/", Imports.as_view(), name="imports"),
    path("imports/<int:number>/", ImportDetail.as_view(), name="import"),
    path("imports/<int:number>/read/", ReadImport.as_view(), name="read-import"),
    path("imports/<int:number>/progress/", ImportProgress.as_view(), name="import-progress"),
    path("imports/<int:number>/drop/", DropImport.as_view(), name="drop-import"),
    path("imports/<int:number>/undo/", UndoImport.as_view(), name="undo-import"),
    path("imports/<int:number>/sections/", SectionsOfImport.as_view(), name="import-sections"),
    path("imports/<int:number>/measures/<int:measure>/", MeasureOfImport.as_view(), name="import-measure"),
    path("imports/<int:number>/warnings/", WarningsOfImport.as_view(), name="import-warnings"),
    path("imports/<int:number>/units/", UnitsOfImport.as_view(), name="import-units"),
    path("imports/<int:number>/source/", SourceOfImport.as_view(), name="import-source"),
    path("imports/<int:number>/files/<int:position>/", FileOfImport.as_view(), name="import-file"),
    path("imports/<int:number>/edition/", EditionOfImport.as_view(), name="import-edition"),
    path("imports/<int:number>/confirm/", ConfirmImport.as_view(), name="confirm-import"),
    path("work/claim/", ClaimMany.as_view(), name="claim-many"),
    path("work/release/", ReleaseMany.as_view(), name="release-many"),
    path("work/hand-over/", HandOverMany.as_view(), name="hand-over-many"),
    path("work/<int:run>/<int:item>/", Work.as_view(), name="work"),
    path("work/<int:run>/<int:item>/claim/", Claim.as_view(), name="claim"),
    path("work/<int:run>/<int:item>/release/", Release.as_view(), name="release"),
    path("work/<int:run>/<int:item>/hand-over/", HandOver.as_view(), name="hand-over"),
    path("work/<int:run>/<int:item>/draft/", SaveDraft.as_view(), name="save-draft"),
    path("work/<int:run>/<int:item>/evidence/", AddEvidence.as_view(), name="add-evidence"),
    path(
        "work/<int:run>/<int:item>/evidence/<int:evidence>/remove/",
        RemoveEvidence.as_view(),
        name="remove-evidence",
    ),
    path(
        "work/<int:run>/<int:item>/evidence/<int:evidence>/grade/",
        ConfirmGrade.as_view(),
        name="confirm-grade",
    ),
    path("evidence/<int:evidence>/", ReadEvidence.as_view(), name="evidence"),
]
