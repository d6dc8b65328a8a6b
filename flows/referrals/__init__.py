"""Customers who recommend us: a code of their own, who came with it, and thanks."""
