"""Fake platforms over real HTTP: strict, and able to fail in every way the real ones do."""
