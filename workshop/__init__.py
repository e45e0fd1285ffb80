"""What `dev.py` does, one file per piece of work. Standard library alone, but for the modules that run in `.venv`."""
