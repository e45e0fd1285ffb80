"""Who may open and do what, cell by cell, and the separation of duties through the pages' own addresses."""
