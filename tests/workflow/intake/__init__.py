"""Tests of the readers of documents and ledger files."""
