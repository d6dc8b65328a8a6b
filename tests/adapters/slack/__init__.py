"""The Slack adapter against the fake platform, over real HTTP and WebSockets."""
