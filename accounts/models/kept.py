"""What is never deleted, because the ledger and its trail name it."""


class KeptForeverError(RuntimeError):
    """Something that the ledger must keep was about to be deleted."""
