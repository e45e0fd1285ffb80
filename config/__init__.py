"""Settings, addresses and the WSGI entry: puts the parts together."""
