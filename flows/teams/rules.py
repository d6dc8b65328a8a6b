"""Who may give, change or end whose membership. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

RANK: Mapping[str, int] = {"viewer": 0, "rep": 1, "manager": 2, "owner": 3}
_WORDS: Mapping[str, str] = {
    "owner": "owner",
    "老板": "owner",
    "所有者": "owner",
    "manager": "manager",
    "经理": "manager",
    "主管": "manager",
    "管理者": "manager",
    "rep": "rep",
    "sales": "rep",
    "销售": "rep",
    "销售员": "rep",
    "同事": "rep",
    "员工": "rep",
    "viewer": "viewer",
    "只读": "viewer",
    "访客": "viewer",
    "查看者": "viewer",
}


def role_of_word(said: str) -> str | None:
    """The role that a word means in either language."""
    return _WORDS.get(unicodedata.normalize("NFKC", said).strip().casefold())


def may_give(giver: str, role: str) -> bool:
    """Owners give any role; a manager makes nobody an owner."""
    return giver == "owner" or (giver == "manager" and RANK[role] <= RANK["manager"])


def may_change(by: str, of: str) -> bool:
    """Owners act on anybody, managers on those below them."""
    return by == "owner" or (by == "manager" and RANK[of] < RANK["manager"])
