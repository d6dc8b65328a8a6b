"""Taking back what was done, while nobody has built on it."""
