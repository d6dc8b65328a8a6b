"""What was said to be done by a day."""
