"""The contestants' models, where Django looks for them."""

from benchmarks.bare_viewflow import MeasureProcess

__all__ = ["MeasureProcess"]
