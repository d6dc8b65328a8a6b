"""Requests of customers: each with one owner, a step, a clock, and an end that the customer hears of."""
