"""Who looks after a tier or a stage: customers who come to it are offered to them."""
