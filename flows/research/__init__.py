"""A question put to a customer room, and what its guests reply."""
