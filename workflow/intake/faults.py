"""What can be wrong with a file: the kinds alone, so that a reader in a process of its own needs nothing else."""

from enum import StrEnum


class Fault(StrEnum):
    """What is wrong with the file."""

    MISSING = "missing"
    FOLDER = "folder"
    UNREADABLE = "unreadable"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_COSTLY = "too_costly"
    TABLE_TOO_LARGE = "table_too_large"
    LINE_TOO_LONG = "line_too_long"
    NOT_TEXT = "not_text"
    UNKNOWN_KIND = "unknown_kind"
    OTHER_KIND = "other_kind"
    OLD_WORD = "old_word"
    OFD = "ofd"
    PICTURE = "picture"
    ARCHIVE = "archive"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    NO_TEXT_LAYER = "no_text_layer"
    UNSAFE_XML = "unsafe_xml"
    NO_PLAN = "no_plan"
    NO_PERIOD = "no_period"
    PERIOD_REVERSED = "period_reversed"
    LIST_COLUMNS = "list_columns"
    RUN_TOGETHER = "run_together"
    NOT_JSON = "not_json"
    LEDGER_PLACE = "ledger_place"


class UnreadableError(Exception):
    """A file's bytes cannot be read as the format they are in; the door makes an IntakeError of it.

    Args of the constructor: the fault, and the values its sentence names.
    """

    def __init__(self, fault: Fault, **params: str | int) -> None:
        super().__init__(fault.value)
        self.fault = fault
        self.params = params
