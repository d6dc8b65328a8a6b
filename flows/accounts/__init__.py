"""Bots of the firm's own: an owner connects them in chat, and sees, changes and takes them away there."""
