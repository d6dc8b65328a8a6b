"""One payload with what every reader of it needs: who we are in it, whose workspace it is, how its chats are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.slack.incoming import Json, Workspace, bot_in, key_of, team_of
from bot.core.messages import Address, Body, Event, Sender


@dataclass(frozen=True, slots=True)
class Reading:
    """See the module."""

    payload: Json
    account: str
    key: str
    me: str
    prefix: str
    """ "T2/" before the ids of another workspace than the adapter's own, else empty."""
    inside: frozenset[str]
    """Teams and organisations that are not foreign here."""

    @property
    def received(self) -> datetime:
        return datetime.fromtimestamp(float(self.payload.get("received", 0)), UTC)

    def chat(self, id: str) -> str:
        return self.prefix + str(id)

    def address(self, chat: str, thread: str = "") -> Address:
        return Address("slack", self.account, self.chat(chat), str(thread or ""))

    def is_foreign(self, team: str) -> bool:
        """Whether somebody of that team comes from another firm; an unknown team is taken as ours."""
        return bool(team) and bool(self.inside) and team not in self.inside

    def page(self, user: str) -> Address:
        """The person's App Home."""
        return self.address(f"home:{user}")

    def sender(self, id: str, name: str = "", *, team: str = "", is_bot: bool = False) -> Sender:
        """Somebody of that team; without one, of ours."""
        foreign = self.is_foreign(team)
        return Sender(id, name, is_bot=is_bot, is_outsider=foreign, is_colleague=bool(id) and not (foreign or is_bot))

    def event(
        self,
        where: Address,
        sender: Sender,
        body: Body,
        *,
        at: datetime,
        private: bool = True,
        page: Address | None = None,
        number: int = 0,
    ) -> Event:
        key = f"{self.key}:{number}" if number else self.key
        shared = not private and bool(self.payload.get("is_ext_shared_channel"))
        return Event(key, at, where, sender, body, private=private, page=page, shared=shared)


def reading_of(payload: Json, account: str, workspaces: Mapping[str, Workspace], home: str) -> Reading:
    """Events say themselves who we are; the table knows it for the rest."""
    team = team_of(payload)
    known = workspaces.get(team) or workspaces.get("")
    return Reading(
        payload=payload,
        account=account,
        key=key_of(payload),
        me=bot_in(payload) or (known.bot if known else ""),
        prefix="" if "" in workspaces or team == home else f"{team}/",
        inside=frozenset(_inside(payload, team, known)),
    )


def _inside(payload: Json, team: str, known: Workspace | None) -> set[str]:
    """By what Slack said of us; until then, by the payload, which may name a guest's team as its own."""
    if known and known.team:
        return {known.team, known.organisation, *_organisations(payload)} - {""}
    grants = payload.get("authorizations") or ()
    enterprise = payload.get("enterprise") or {}
    found = {grant.get(name) for grant in grants for name in ("team_id", "enterprise_id")}
    if not grants:
        found |= {team, payload.get("enterprise_id"), enterprise.get("id")}
    return {str(id) for id in found if id}


def _organisations(payload: Json) -> set[str]:
    """Of the grants under which we hear it: other teams of our organisation are not foreign."""
    return {str(grant["enterprise_id"]) for grant in payload.get("authorizations") or () if grant.get("enterprise_id")}
