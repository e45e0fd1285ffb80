"""Requests: raising them, the page of each, and what a measure's page says of them."""
