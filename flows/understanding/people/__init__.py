"""Who is meant by the names of a line."""

from flows.understanding.people.choosing import People
from flows.understanding.people.finding import find

__all__ = ["People", "find"]
