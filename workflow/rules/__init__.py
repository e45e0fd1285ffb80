"""Pure predicates: they take plain facts, never models, and never touch the database."""
