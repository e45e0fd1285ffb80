"""Plans in English: commitments with tables of milestones, responsible parties and target dates (INTAKE.md, layout 6)."""
