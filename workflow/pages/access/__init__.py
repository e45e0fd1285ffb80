"""Rights as a person can read them: what one may see and do of a measure, and who holds which role where."""
