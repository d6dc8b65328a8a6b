"""A firm, a sheet, and the real jobs that take it in."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.app import LABOUR
from bot.core.messages import File, Said
from bot.runtime.jobs import Jobs
from store.models import Contact, Customer, Job
from tests.files import KeptFiles
from tests.flows.surveys.scene import Scene


class Desk(Scene):
    """Ann drops sheets; `works` does whatever is open, as the service would."""

    def __init__(self, database: Any, clock: Any) -> None:
        super().__init__(database, clock)
        self.files = KeptFiles()
        self.member("Ann", "owner")

    def works(self) -> None:
        async def all_of_it() -> None:
            while await Jobs(self.database, LABOUR, self.files).tick():
                pass

        asyncio.run(all_of_it())

    def drops(self, content: bytes, name: str = "list.csv") -> int:
        """Looked at; returns the job's number."""
        file = File(name, "text/csv", hash=self.files.keep(content), size=len(content))
        self.does("staff", "Ann", Said("", f"m{next(self.keys)}", (file,)))
        self.works()
        return max(job.id for job in self.find(Job))

    def imports(self, content: bytes, name: str = "list.csv", also: tuple[str, ...] = ()) -> Job:
        """Dropped, confirmed and taken in."""
        job = self.drops(content, name)
        for field in also:
            self.presses("staff", "Ann", f"import-also:{job}:{field}")
        self.presses("staff", "Ann", f"import-go:{job}")
        self.works()
        return self.job(job)

    def job(self, id: int) -> Job:
        found: Job = self.find(Job, id=id)[0]
        return found

    def tally(self, job: Job) -> tuple[int, ...]:
        """Created, updated, unchanged, skipped, failed."""
        return tuple(job.cursor.get("tally", {}).values())

    def file_of(self) -> dict[str, Any]:
        """The active customers by name, with their contacts."""
        contacts = self.find(Contact)
        return {
            row.name: (row, [c for c in contacts if c.customer == row.id])
            for row in self.find(Customer)
            if row.state == "active"
        }
