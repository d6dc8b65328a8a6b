"""Rapport: a chat-first CRM in one service."""
