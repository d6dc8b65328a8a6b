"""Keeping cards fresh: once a quarter the owner is asked, once a week gaps are shown."""
