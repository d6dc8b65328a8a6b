"""Keys with which other programs come in: made and revoked in chat, shown once, kept as a hash."""
