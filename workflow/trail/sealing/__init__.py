"""The seal in the database: lines are sealed, checkpoints signed, anchors told, and all of it verified."""
