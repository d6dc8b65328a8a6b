"""How often customers are contacted: as agreed, evenly over the week, never by two at once, never too much."""
