"""What is known of files once they are here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileHere:
    """A customer's file came with its content, as a page hands it in."""

    file: int
