"""Offers, events and articles for many: seen before, agreed to, stopped at once, counted after."""
