"""A strict fake platform in memory, for tests, benchmarks and the demo: people who say, press and read."""

from adapters.memory.platform import MemoryAdapter, Message

__all__ = ["MemoryAdapter", "Message"]
