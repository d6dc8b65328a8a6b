"""Leads: offered to one person at a time, accepted or passed on, and back in the pool when nobody answers."""
