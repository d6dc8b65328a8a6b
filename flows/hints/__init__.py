"""A language model's second look at a log: it may fill what our own reading left empty, and nothing else."""
