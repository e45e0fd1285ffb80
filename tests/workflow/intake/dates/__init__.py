"""Tests of dates and schedules."""
