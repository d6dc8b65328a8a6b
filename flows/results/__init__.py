"""What customers answered, as numbers: how many, how good, where, since when, and what came of it."""
