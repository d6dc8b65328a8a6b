"""What is known of files once they are here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileHere:
    """The content of a customer's file is here; or will never be, and `error` says why."""

    file: int
    error: str = ""
