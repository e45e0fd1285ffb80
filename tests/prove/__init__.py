"""Long proofs: the served process under many people at once. Run by `dev.py prove`."""
