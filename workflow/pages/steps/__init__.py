"""What the work page shows and sends at each node: one file per step."""
