"""Decisions that need no work item: one small page each, offered on the measure's page to those who may take it."""
