"""Events of the trail: what happened, written once."""
