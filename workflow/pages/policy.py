"""Who may open and do what: one line per page, method and situation (STYLE.md, Denied by default).

The pages do not read this table: actions and queries hold each right where it is needed. It says in one place what
they add up to, so that a person can be told, and a test requests every cell of it. Whoever a line does not name gets
its `others`: as a rule the answer for a thing that they may not know of.
"""

from workflow.pages.policy_lines import (
    ADMINISTRATORS,
    APPROVERS,
    AUDITORS,
    EVALUATORS,
    EVERYBODY,
    HANDLERS,
    HEADS,
    IMPORTERS,
    NO_ONE,
    OF_LEAD,
    OF_MEASURE,
    OF_PLAN,
    SEE_PLAN,
    SIGNED_IN,
    SUPERVISORS,
    R,
    Rule,
    S,
    both,
    get,
    post,
)

LISTS = (
    get("ledger:inbox", S.ANY, SIGNED_IN),
    get("ledger:done", S.ANY, SIGNED_IN),
    get("ledger:measures", S.ANY, SIGNED_IN),
    get("ledger:ledger-sheet", S.ANY, SIGNED_IN),
    get("ledger:plans", S.ANY, SIGNED_IN),
    get("ledger:plan-detail", S.PLAN_DRAFT, OF_PLAN),
    get("ledger:plan-detail", S.PLAN_ON_LEDGER, SEE_PLAN),
    get("ledger:plan-detail", S.UNKNOWN, NO_ONE),
    get("ledger:measure-detail", S.DRAFT, OF_PLAN),
    get("ledger:measure-detail", S.RUNNING, OF_MEASURE),
    get("ledger:measure-detail", S.VERIFIED, OF_MEASURE | EVALUATORS),
    get("ledger:measure-detail", S.UNKNOWN, NO_ONE),
)

PREPARATION = (
    *both("ledger:plan-offices", S.PLAN_DRAFT, SUPERVISORS, OF_PLAN),
    *both("ledger:plan-units", S.PLAN_DRAFT, SUPERVISORS, OF_PLAN),
    *both("ledger:plan-schedule", S.PLAN_DRAFT, SUPERVISORS, OF_PLAN),
    *both("ledger:plan-targets", S.PLAN_DRAFT, SUPERVISORS, OF_PLAN),
    get("ledger:measure-preparation", S.PLAN_DRAFT, OF_PLAN),
    post("ledger:measure-preparation", S.PLAN_DRAFT, SUPERVISORS, forbidden=OF_PLAN - SUPERVISORS),
    get("ledger:measure-preparation", S.DRAFT, OF_PLAN),
    post("ledger:measure-preparation", S.DRAFT, NO_ONE, conflict=OF_PLAN),
    get("ledger:put-on-ledger", S.PLAN_DRAFT, APPROVERS, forbidden=OF_PLAN - APPROVERS),
    post("ledger:put-on-ledger", S.PLAN_DRAFT, APPROVERS - {R.DOUBLE}, forbidden=OF_PLAN),
    *both("ledger:dispatch-plan", S.PLAN_ON_LEDGER, SUPERVISORS, SEE_PLAN),
    *both("ledger:dispatch-measure", S.DRAFT, SUPERVISORS, OF_PLAN),
    *both("ledger:plan-engagements", S.PLAN_ON_LEDGER, SUPERVISORS, SEE_PLAN),
)

DECISIONS = (
    *both("ledger:withdraw-report", S.SUBMITTED, frozenset({R.HOLDER}), OF_MEASURE),
    *both("ledger:send-back", S.SUBMITTED, HEADS, OF_MEASURE),
    *both("ledger:send-back", S.REVIEW_OWN, HEADS - {R.AUTHOR}, OF_MEASURE),
    *both("ledger:send-back", S.SUPPORT_APPROVED, HEADS | {R.SUPPORT_HEAD}, OF_MEASURE),
    *both("ledger:force-acceptance", S.ASSIGNED, SUPERVISORS, OF_MEASURE),
    *both("ledger:waive-target", S.RUNNING, APPROVERS, OF_MEASURE),
    *both("ledger:miss-cycle", S.ONGOING, SUPERVISORS, OF_MEASURE),
    *both("ledger:return-measure", S.VERIFIED, APPROVERS | {R.SUPERVISOR, R.DOUBLE}, OF_MEASURE | EVALUATORS),
    *both("ledger:waive-evaluation", S.EVALUATION_DUE, APPROVERS, OF_MEASURE | EVALUATORS),
    *both("ledger:engage-another", S.EVALUATION_DUE, SUPERVISORS, OF_MEASURE | EVALUATORS),
    *both("ledger:instruct", S.RUNNING, APPROVERS, OF_MEASURE),
    *both("ledger:reply-to-instruction", S.RUNNING, OF_LEAD, OF_MEASURE),
    *both("ledger:reopen-measure", S.CLOSED, APPROVERS, OF_MEASURE),
    get("ledger:transfer-to-routine", S.TURN, frozenset({R.APPROVER}), forbidden=OF_MEASURE),
    post("ledger:transfer-to-routine", S.TURN, frozenset({R.APPROVER}), forbidden=OF_MEASURE),
    *both("ledger:raise-objection", S.RETURNED, HEADS | {R.SUPPORT_HEAD}, OF_MEASURE),
    *both("ledger:decide-objection", S.OBJECTED, (SUPERVISORS | APPROVERS) - {R.SUPERVISOR}, OF_MEASURE),
    *both("ledger:suspend-measure", S.RUNNING, APPROVERS, OF_MEASURE),
    *both("ledger:resume-measure", S.SUSPENDED, APPROVERS, OF_MEASURE),
    *both("ledger:cancel-measure", S.DRAFT, APPROVERS, OF_PLAN),
    *both("ledger:cancel-measure", S.RUNNING, APPROVERS, OF_MEASURE),
    *both("ledger:cancel-measure", S.SUSPENDED, APPROVERS, OF_MEASURE),
    *both("ledger:end-share", S.RUNNING, SUPERVISORS - {R.TIED_SUPERVISOR}, OF_MEASURE),
    *both("ledger:add-bureau", S.RUNNING, SUPERVISORS, OF_MEASURE),
    *both("ledger:resolve-unit", S.RUNNING, SUPERVISORS, OF_MEASURE),
    *both("ledger:change-lead", S.RUNNING, SUPERVISORS, OF_MEASURE),
)

ROADMAP = (
    *both("ledger:roadmap", S.RUNNING, HANDLERS, OF_MEASURE),
    *both("ledger:reach-milestone", S.RUNNING, HANDLERS | {R.SUPPORT_HANDLER}, OF_MEASURE),
    *both("ledger:confirm-milestone", S.RUNNING, HEADS, OF_MEASURE),
    *both("ledger:return-milestone", S.RUNNING, HEADS, OF_MEASURE),
    *both("ledger:hand-task", S.RUNNING, HANDLERS, OF_MEASURE),
    *both("ledger:finish-task", S.RUNNING, frozenset({R.SUPPORT_HANDLER}), OF_MEASURE),
    *both("ledger:resume-task", S.RUNNING, HANDLERS, OF_MEASURE),
)
"""One step is a supporting bureau's, one is reached; one thing to do is that bureau's, one of the lead's is done."""

ASKING = (
    *(
        line
        for page in ("ask-extension", "ask-transfer", "ask-coordination")
        for line in both(f"ledger:{page}", S.FILL_FREE, HANDLERS, OF_MEASURE)
    ),
    *both("ledger:ask-refusal", S.REFUSABLE, HANDLERS, OF_MEASURE),
    get("ledger:request", S.REQUESTED, OF_LEAD | OF_PLAN),
    *both("ledger:withdraw-request", S.REQUESTED, frozenset({R.HOLDER}), OF_LEAD | OF_PLAN),
    *both("ledger:work", S.REQUEST_SIGN, HEADS),
    *both("ledger:work", S.REQUEST_FOR_LEAD, HEADS),
    *both("ledger:work", S.REQUEST_DECIDE, SUPERVISORS),
    get("ledger:work", S.REQUEST_ABOVE, APPROVERS),
    post("ledger:work", S.REQUEST_ABOVE, APPROVERS - {R.TIED_APPROVER}, forbidden=APPROVERS),
)

STEPS = (
    get("ledger:work", S.ACCEPT_FREE, OF_LEAD),
    post("ledger:work", S.ACCEPT_FREE, HANDLERS, forbidden=HEADS),
    get("ledger:work", S.ACCEPT_HELD, OF_LEAD),
    post("ledger:work", S.ACCEPT_HELD, frozenset({R.HOLDER}), conflict=OF_LEAD),
    get("ledger:work", S.FILL_FREE, OF_LEAD),
    post("ledger:work", S.FILL_FREE, NO_ONE, conflict=HANDLERS, forbidden=HEADS),
    get("ledger:work", S.FILL_HELD, OF_LEAD),
    post("ledger:work", S.FILL_HELD, frozenset({R.HOLDER}), conflict=OF_LEAD),
    get("ledger:work", S.SUSPENDED, OF_LEAD),
    post("ledger:work", S.SUSPENDED, NO_ONE, conflict=OF_LEAD),
    get("ledger:work", S.FILL_LEFT, OF_LEAD),
    post("ledger:work", S.FILL_LEFT, NO_ONE, conflict=OF_LEAD),
    *both("ledger:work", S.REVIEW, HEADS),
    get("ledger:work", S.REVIEW_OWN, HEADS),
    post("ledger:work", S.REVIEW_OWN, HEADS - {R.AUTHOR}, forbidden=HEADS),
    get("ledger:work", S.CONSOLIDATE, OF_LEAD),
    post("ledger:work", S.CONSOLIDATE, HANDLERS, forbidden=HEADS),
    *both("ledger:work", S.SIGN, HEADS),
    get("ledger:work", S.SIGN_OWN, HEADS),
    post("ledger:work", S.SIGN_OWN, HEADS - {R.AUTHOR}, forbidden=HEADS),
    get("ledger:work", S.VERIFY, SUPERVISORS),
    post("ledger:work", S.VERIFY, SUPERVISORS - {R.TIED_SUPERVISOR}, forbidden=SUPERVISORS),
    *both("ledger:work", S.ENGAGE, SUPERVISORS),
    get("ledger:work", S.EVALUATE, EVALUATORS),
    post("ledger:work", S.EVALUATE, frozenset({R.EVALUATOR}), forbidden=EVALUATORS),
    get("ledger:work", S.CLOSE, APPROVERS),
    post("ledger:work", S.CLOSE, frozenset({R.APPROVER}), forbidden=APPROVERS),
    get("ledger:work", S.DONE, OF_LEAD),
    post("ledger:work", S.DONE, NO_ONE, conflict=OF_LEAD),
    *both("ledger:work", S.OTHER_RUN, NO_ONE),
)

DESK = (
    post("ledger:claim", S.ACCEPT_FREE, HANDLERS, forbidden=HEADS),
    post("ledger:claim", S.FILL_FREE, HANDLERS, forbidden=HEADS),
    post("ledger:claim", S.FILL_HELD, frozenset({R.HOLDER}), conflict=HANDLERS, forbidden=HEADS),
    post("ledger:claim", S.FILL_LEFT, HANDLERS, forbidden=HEADS),
    post("ledger:claim", S.REVIEW_OWN, HEADS - {R.AUTHOR}, forbidden=HEADS),
    post("ledger:claim", S.SIGN_OWN, HEADS - {R.AUTHOR}, forbidden=HEADS),
    post("ledger:claim", S.VERIFY, SUPERVISORS - {R.TIED_SUPERVISOR}, forbidden=SUPERVISORS),
    post("ledger:claim", S.EVALUATE, frozenset({R.EVALUATOR}), forbidden=EVALUATORS),
    post("ledger:claim", S.CLOSE, frozenset({R.APPROVER}), forbidden=APPROVERS),
    post("ledger:claim", S.DONE, NO_ONE, conflict=OF_LEAD),
    post("ledger:claim", S.OTHER_RUN, NO_ONE),
    post("ledger:release", S.FILL_HELD, frozenset({R.HOLDER}), forbidden=OF_LEAD),
    post("ledger:release", S.OTHER_RUN, NO_ONE),
    post("ledger:hand-over", S.FILL_HELD, HEADS, forbidden=OF_LEAD),
    post("ledger:hand-over", S.OTHER_RUN, NO_ONE),
    post("ledger:save-draft", S.FILL_HELD, frozenset({R.HOLDER}), conflict=OF_LEAD),
    post("ledger:save-draft", S.FILL_FREE, NO_ONE, conflict=OF_LEAD),
    post("ledger:save-draft", S.OTHER_RUN, NO_ONE),
    post("ledger:add-evidence", S.FILL_HELD, frozenset({R.HOLDER}), conflict=OF_LEAD),
    post("ledger:add-evidence", S.OTHER_RUN, NO_ONE),
    post("ledger:remove-evidence", S.FILL_HELD, frozenset({R.HOLDER}), conflict=OF_LEAD),
    post("ledger:remove-evidence", S.OTHER_RUN, NO_ONE),
    post("ledger:confirm-grade", S.VERIFY, SUPERVISORS - {R.TIED_SUPERVISOR}, forbidden=SUPERVISORS),
    post("ledger:confirm-grade", S.OTHER_RUN, NO_ONE),
    get("ledger:evidence", S.EVIDENCE_PENDING, OF_LEAD),
    get("ledger:evidence", S.EVIDENCE_SENT, OF_LEAD | OF_PLAN),
    get("ledger:evidence", S.EVIDENCE_OF_SUPPORT, OF_MEASURE),
    get("ledger:evidence", S.EVIDENCE_REMOVED, NO_ONE),
)

IMPORTS = (
    *both("ledger:imports", S.ANY, IMPORTERS),
    post("ledger:read-import", S.IMPORT_RECEIVED, IMPORTERS),
    get("ledger:import-progress", S.IMPORT_RECEIVED, IMPORTERS),
    *(
        line
        for page in ("import", "import-measure", "import-warnings", "import-units", "confirm-import")
        for line in both(f"ledger:{page}", S.IMPORT_DRAFT, IMPORTERS)
    ),
    *(get(f"ledger:{page}", S.IMPORT_DRAFT, IMPORTERS) for page in ("import-source", "import-file")),
    *(
        post(f"ledger:{page}", S.IMPORT_DRAFT, IMPORTERS)
        for page in ("import-sections", "undo-import", "drop-import")
    ),
    get("ledger:plan-source", S.PLAN_ON_LEDGER, SEE_PLAN),
    get("ledger:plan-source", S.PLAN_DRAFT, NO_ONE),
    get("ledger:plan-source-file", S.PLAN_ON_LEDGER, SEE_PLAN),
)

EDITIONS = (
    *both("ledger:import-edition", S.EDITION, SUPERVISORS),
    get("ledger:plan-edition", S.PLAN_ON_LEDGER, SEE_PLAN),
    get("ledger:plan-admission", S.ADDED, APPROVERS, forbidden=SEE_PLAN - APPROVERS),
    post("ledger:plan-admission", S.ADDED, APPROVERS - {R.DOUBLE}, forbidden=SEE_PLAN),
    *both("ledger:confirm-target", S.AMENDED, SUPERVISORS, OF_MEASURE),
    *both("ledger:settle-amendment", S.AMENDED, SUPERVISORS | APPROVERS, OF_MEASURE),
)

MASTER_DATA = (
    *(
        get(f"master-data:{page}", S.ANY, ADMINISTRATORS, forbidden=SIGNED_IN)
        for page in ("index", "bureaus", "people")
    ),
    *(
        line
        for page in (
            "add-bureau",
            "bureau",
            "split-bureau",
            "add-person",
            "person",
            "calendar",
            "calendar-year",
        )
        for line in both(f"master-data:{page}", S.ANY, ADMINISTRATORS, SIGNED_IN)
    ),
)

ORDERS = (
    get("ledger:order", S.RUNNING, OF_MEASURE),
    get("ledger:order", S.UNKNOWN, NO_ONE),
    get("ledger:order-file", S.RUNNING, OF_MEASURE),
)

BULK = (
    *(get(f"ledger:{page}-many", S.ANY, SIGNED_IN) for page in ("claim", "release", "hand-over")),
    post("ledger:claim-many", S.ACCEPT_FREE, HANDLERS, forbidden=HEADS),
    post("ledger:release-many", S.FILL_HELD, frozenset({R.HOLDER}), forbidden=OF_LEAD),
    post("ledger:hand-over-many", S.FILL_HELD, HEADS, forbidden=OF_LEAD),
    get("ledger:force-acceptance-many", S.PLAN_ON_LEDGER, SUPERVISORS, forbidden=SEE_PLAN - SUPERVISORS),
    post("ledger:force-acceptance-many", S.PLAN_ON_LEDGER, SUPERVISORS, forbidden=OF_MEASURE - SUPERVISORS),
)

DEPUTIES = (
    get("ledger:deputies", S.ANY, SIGNED_IN),
    post("ledger:deputies", S.ANY, HEADS - {R.DEPUTY}, forbidden=SIGNED_IN),
    post("ledger:end-deputy", S.DEPUTISED, frozenset({R.HEAD})),
)

ACCESS = (
    get("ledger:roles", S.ANY, SIGNED_IN),
    get("ledger:measure-access", S.DRAFT, OF_PLAN | ADMINISTRATORS),
    get("ledger:measure-access", S.RUNNING, OF_MEASURE | ADMINISTRATORS),
    get("ledger:measure-access", S.VERIFIED, OF_MEASURE | EVALUATORS | ADMINISTRATORS),
    get("ledger:measure-access", S.UNKNOWN, NO_ONE),
    get("ledger:measure-access-of", S.DRAFT, AUDITORS | ADMINISTRATORS, forbidden=OF_PLAN - AUDITORS),
    get(
        "ledger:measure-access-of",
        S.RUNNING,
        AUDITORS | ADMINISTRATORS | {R.HOLDER},
        forbidden=OF_MEASURE - AUDITORS - {R.HOLDER},
    ),
    get("ledger:measure-access-of", S.UNKNOWN, NO_ONE),
)
"""One's own rights, and those of the handler who holds the lead's work."""

OPEN = (
    *both("accounts:password", S.ANY, SIGNED_IN),
    *both("accounts:sign-in", S.ANY, EVERYBODY),
    post("accounts:sign-out", S.ANY, EVERYBODY),
    post("accounts:language", S.ANY, EVERYBODY),
    get("healthz", S.ANY, EVERYBODY),
)

RULES: tuple[Rule, ...] = (
    *LISTS,
    *PREPARATION,
    *DECISIONS,
    *ASKING,
    *STEPS,
    *DESK,
    *IMPORTS,
    *EDITIONS,
    *MASTER_DATA,
    *ORDERS,
    *BULK,
    *ROADMAP,
    *DEPUTIES,
    *ACCESS,
    *OPEN,
)
