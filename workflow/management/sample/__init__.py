"""The sample: an invented district that works through the shipped plan, three quarters of its period gone.

Everything is brought about by the actions themselves, each at its own past moment of the business clock.
"""
