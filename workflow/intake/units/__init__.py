"""Responsible units as documents write them."""
