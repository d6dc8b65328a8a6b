"""What a team should act on, claimed by one person."""
