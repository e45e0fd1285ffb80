"""All reads, scoped to the person."""
