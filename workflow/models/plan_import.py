"""A document on its way to the ledger: its files, its text, and the draft that a supervisor puts right."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Bureau
from workflow.models.evidence import EvidenceFile
from workflow.models.plan import Plan
from workflow.states import ImportState


class PlanImport(models.Model):
    """导入: nothing of it is on the ledger before it is confirmed; until then it can be resumed or dropped.

    `version` rises with every edit, so that what is confirmed is what was checked. `bureaus`: a unit's text → who was
    decided to stand behind it (`{"bureau": key}`, `{"create": kind}` or `{}` for a later decision). `last_edit` is what
    the last edit changed, as it was before. `pairs`: a draft measure's key → the code of the measure that it is in the
    plan it `renews`, "" for a new one. Once confirmed it keeps its draft: that is the plan in this `edition`, as read.
    `warned`: for each warning the key of the measure on whose lines it is, or None.
    """

    office = models.ForeignKey(
        Bureau, verbose_name=_("supervision office"), on_delete=models.PROTECT, related_name="imports"
    )
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("begun by"), on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(_("begun at"))
    touched_at = models.DateTimeField(_("last changed at"))
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    reading = models.CharField(_("mark of the reading under way"), max_length=32, blank=True)
    fault = models.CharField(_("why it cannot be read"), max_length=40, blank=True)
    fault_params = models.JSONField(_("values of that sentence"), default=dict, blank=True)
    fault_file = models.PositiveSmallIntegerField(_("file at fault"), null=True, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    period = models.CharField(_("period as written"), max_length=60, blank=True)
    period_start = models.DateField(_("period from"), null=True, blank=True)
    period_end = models.DateField(_("period to"), null=True, blank=True)
    code = models.CharField(_("code"), max_length=8, blank=True)
    source_hash = models.CharField(_("hash of the source"), max_length=64, blank=True, db_index=True)
    source_name = models.CharField(_("source document"), max_length=200, blank=True)
    warnings = models.JSONField(_("warnings of the reader"), default=list, blank=True)
    warned = models.JSONField(_("measures that the warnings are about"), default=list, blank=True)
    ticked = models.JSONField(_("warnings dealt with"), default=list, blank=True)
    bureaus = models.JSONField(_("bureaus behind the units"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    last_edit = models.JSONField(_("last edit"), default=dict, blank=True)
    renews = models.ForeignKey(
        Plan,
        verbose_name=_("plan of which it is a later edition"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    pairs = models.JSONField(_("measures matched by hand"), default=dict, blank=True)
    plan = models.ForeignKey(
        Plan,
        verbose_name=_("plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="imports",
    )
    edition = models.PositiveSmallIntegerField(_("edition"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of a plan")
        verbose_name_plural = _("imports of plans")
        ordering = ["-touched_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="import_state_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=ImportState.CONFIRMED, plan__isnull=False)
                | (~models.Q(state=ImportState.CONFIRMED) & models.Q(plan__isnull=True)),
                name="import_confirmed_has_its_plan",
            ),
            models.UniqueConstraint(fields=["plan", "edition"], name="import_once_per_edition"),
        ]
        indexes = [models.Index(fields=["office", "state", "-touched_at"], name="import_by_office")]

    def __str__(self) -> str:
        return self.title or self.source_name

    @property
    def open_warnings(self) -> int:
        """How many warnings nobody has dealt with."""
        return len(self.warnings) - len(self.ticked)


class ImportFile(models.Model):
    """One of the files as the government issued it; its content is stored by hash."""

    plan_import = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("file name"), max_length=200)
    content = models.ForeignKey(
        EvidenceFile, verbose_name=_("content"), on_delete=models.PROTECT, related_name="imported_as"
    )

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ["plan_import_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan_import", "position"], name="import_file_once_per_position")
        ]

    def __str__(self) -> str:
        return self.name


class ImportText(models.Model):
    """The normalised text of the files, which lines and spans refer to; kept apart, for it may be long."""

    plan_import = models.OneToOneField(
        PlanImport, on_delete=models.CASCADE, primary_key=True, related_name="source"
    )
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("imported text")
        verbose_name_plural = _("imported texts")

    def __str__(self) -> str:
        return self.text[:60]


class ImportSection(models.Model):
    """A section of the draft; positions have gaps, so that something can be put between."""

    plan_import = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="sections")
    position = models.BigIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("imported section")
        verbose_name_plural = _("imported sections")
        ordering = ["plan_import_id", "position", "id"]
        indexes = [models.Index(fields=["plan_import", "position", "id"], name="import_section_in_order")]

    def __str__(self) -> str:
        return f"{self.number}{self.title}"


class ImportMeasure(models.Model):
    """A measure of the draft; `data` holds all that was read of it and put right since."""

    plan_import = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="measures")
    section = models.ForeignKey(ImportSection, on_delete=models.CASCADE, related_name="measures")
    position = models.BigIntegerField(_("position"))
    line = models.PositiveIntegerField(_("line of the source"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0)
    data = models.JSONField(_("what was read"), default=dict)

    class Meta:
        verbose_name = _("imported measure")
        verbose_name_plural = _("imported measures")
        ordering = ["section__position", "position", "id"]
        indexes = [
            models.Index(fields=["section", "position", "id"], name="import_measure_in_order"),
            models.Index(fields=["plan_import", "line"], name="import_measure_by_line"),
        ]

    def __str__(self) -> str:
        return str(self.data.get("title", ""))


class ImportLine(models.Model):
    """A line of the source on which something of a measure begins: its title, its units, its schedule."""

    plan_import = models.ForeignKey(
        PlanImport, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    line = models.PositiveIntegerField(_("line of the source"))
    measure = models.ForeignKey(ImportMeasure, on_delete=models.CASCADE, related_name="lines")

    class Meta:
        verbose_name = _("line of an imported measure")
        verbose_name_plural = _("lines of imported measures")
        indexes = [models.Index(fields=["plan_import", "line"], name="import_line_in_order")]

    def __str__(self) -> str:
        return f"{self.line}"
