"""What customers complain of more than they used to: noticed within days, and told once."""
