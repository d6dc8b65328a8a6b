"""Promises of time: what the firm's open minutes are, and who hears when they run out."""
