"""Who has promised what, until when."""

from flows.understanding.promises.reading import read

__all__ = ["read"]
