"""Asking customers, when it is right to ask."""
