"""What the service counts; `/metrics` prints it."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

TURNS = Counter("rapport_turns_total", "Updates taken in, by how they ended", ["outcome"])
SENT = Counter("rapport_sent_total", "Messages, by account and how they ended", ["account", "outcome"])
TIMERS = Counter("rapport_timers_total", "Timers that came due, by how they ended", ["outcome"])
LATE = Histogram("rapport_timer_late_seconds", "How late timers were handled", buckets=(0.5, 1, 2, 5, 30, 300, 3600))
WAIT = Histogram("rapport_outbox_wait_seconds", "Queued until sent", buckets=(0.1, 0.5, 1, 2, 5, 30, 300, 3600))
DEPTH = Gauge("rapport_outbox_depth", "Messages waiting or on their way", ["account", "lane"])
LEASES = Counter("rapport_lease_changes_total", "Bot accounts taken or lost by this process", ["account", "what"])
