"""How the whole does, in numbers: stages and tiers."""
