"""Who gets a request: by rule, by customer, by skill, by load; and what waits while nobody is there."""
