"""Bringing a document in: upload, reading, the draft beside its source, confirmation; one file per page."""
