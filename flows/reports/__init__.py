"""How the whole does, in numbers: stages and tiers, what customers say, who buys again."""
