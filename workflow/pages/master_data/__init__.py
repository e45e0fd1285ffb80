"""The administrators' master data: bureaus, people, roles, calendar. No business data, no business decision.

Small pages of our own rather than Django's admin: its pages open a transaction around each change, in which
an action (one durable transaction each) cannot run, and every change here is an action.
"""
