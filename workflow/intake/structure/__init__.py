"""The structure of a document: its paragraphs and tables become sections and measures, everything with its place."""
