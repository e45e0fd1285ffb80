"""Dates and schedules as documents write them."""
