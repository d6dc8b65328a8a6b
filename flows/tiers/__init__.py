"""What a customer is worth: tiers by yearly value or by score, with reasons, reviewed every month."""
