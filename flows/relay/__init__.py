"""The way between a customer's chat and those who answer: what goes in by itself, and what goes out only on purpose."""
