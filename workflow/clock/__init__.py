"""Calendar, lamp and cycle arithmetic: computes, never writes."""
