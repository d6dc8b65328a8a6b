"""Which facts a team sees first on a card."""
