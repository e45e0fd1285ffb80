"""One decision on many things at once: each is checked beforehand, and carried out for itself."""
