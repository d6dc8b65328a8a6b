"""Slack, over slack-bolt: events by HTTP or Socket Mode, messages as Block Kit."""
