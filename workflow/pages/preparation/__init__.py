"""Preparing a plan, putting it on the ledger and dispatching it: one file per page, all through the actions."""
