"""Customers who may go: seen early with the reasons, won back or not, and why they go."""
