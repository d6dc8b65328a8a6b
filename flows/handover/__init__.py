"""Giving what somebody looks after to somebody else: customers, tasks and promises, with what one has to know."""
