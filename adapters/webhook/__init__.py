"""Outgoing webhooks: what happens here, told to other programs, signed and never into our own network."""
