"""The verifier that goes with every exported package; the exporter makes one plain file of it."""
