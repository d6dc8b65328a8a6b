"""Keeping quiet: how much a person or a room hears unasked, what waits for the digest, what is muted."""
