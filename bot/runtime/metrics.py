"""What the service counts; `/metrics` prints it."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

from store.engine import Database
from store.wellbeing import Wellbeing, look

TURNS = Counter("rapport_turns_total", "Updates taken in, by how they ended", ["outcome"])
SENT = Counter("rapport_sent_total", "Messages, by account and how they ended", ["account", "outcome"])
TIMERS = Counter("rapport_timers_total", "Timers that came due, by how they ended", ["outcome"])
LATE = Histogram("rapport_timer_late_seconds", "How late timers were handled", buckets=(0.5, 1, 2, 5, 30, 300, 3600))
WAIT = Histogram("rapport_outbox_wait_seconds", "Queued until sent", buckets=(0.1, 0.5, 1, 2, 5, 30, 300, 3600))
DEPTH = Gauge("rapport_outbox_depth", "Messages that should have left by now", ["account", "lane"])
AGE = Gauge("rapport_outbox_age_seconds", "How long the oldest of them waits", ["account", "lane"])
ENDED = Gauge("rapport_outbox_stranded", "Messages of the last day that did not arrive, or perhaps not", ["state"])
PARKED = Gauge("rapport_parked_updates", "Updates whose handling failed, waiting for somebody")
DUE = Gauge("rapport_due_lag_seconds", "By how much the earliest waiting timer is late")
JOBS = Gauge("rapport_failed_jobs", "Long works of the last day that failed")
LAG = Histogram(
    "rapport_ingest_lag_seconds",
    "From the platform's own time of an update to its transaction",
    ["account"],
    buckets=(0.1, 0.5, 1, 2, 5, 30, 300, 3600),
)
LIMITED = Histogram(
    "rapport_limiter_wait_seconds",
    "How long a message waited for its turn under the limits",
    ["account"],
    buckets=(0.1, 0.5, 1, 2, 5, 30, 300),
)
PAUSES = Counter("rapport_limiter_pauses_total", "Pauses that a platform asked for", ["account"])
LEASES = Counter("rapport_lease_changes_total", "Bot accounts taken or lost by this process", ["account", "what"])


def measure(database: Database) -> None:
    """What the tables say, of every firm: measured when somebody asks, in whichever process."""
    with database.read() as work:
        show(look(work))


def show(found: Wellbeing) -> None:
    """Queues that are empty now show nothing, rather than what they showed last."""
    for gauge in (DEPTH, AGE, ENDED):
        gauge.clear()
    for queue in found.queues:
        DEPTH.labels(queue.account, queue.lane).set(queue.count)
        AGE.labels(queue.account, queue.lane).set(found.age(queue))
    for state in ("dead", "failed", "unknown"):
        ENDED.labels(state).set(found.ended.get(state, 0))
    PARKED.set(found.parked)
    DUE.set(found.late)
    JOBS.set(found.jobs)
