"""How fast it is, as ratios in one run: `python -m benchmarks` (see `__main__.py`)."""
