"""Tests of what each format is read into."""
