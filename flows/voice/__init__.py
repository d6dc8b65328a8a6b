"""Voice notes: heard by a service where one is set up, then taken as if they had been typed."""
