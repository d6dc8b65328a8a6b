"""Sheets that people drop into the chat: read, mapped, tried, taken in as a job, taken back."""
