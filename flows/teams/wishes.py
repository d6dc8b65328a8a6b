# ruff: noqa: E501, SIM905 -- a rule is one line, and lists of words read better as words
"""What somebody wants with the team, as they say it: "add Mei to the team", "Bob left the company", 把小王升为经理. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from flows.teams.rules import role_of_word
from flows.understanding.lazily import lazy

Act = Literal["invite", "role", "remove"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to do, with whom, and the role that was named."""

    act: Act
    name: str = ""
    role: str = ""
    way: Literal["up", "down", ""] = ""
    """Where no role was named: "demote Cem"."""
    plainly: bool = False
    """The team was named, so that a name which is a customer's too is a colleague's here."""


_PLEASE = r"\s*(?:(?:please|pls|can you|could you|can i|could i|can we|i(?:'d| would) like to|i want to|i need to|we need to|let'?s|how (?:do|can) (?:i|we)|请|帮我|帮忙|麻烦|我要|我想|能不能|怎么|如何)[, ]*)*"
_END = r"(?:(?:,| and| -) ?(?:she|he|they)\b.{0,60}|[，,].{0,12}(?:上班|入职|报到|加一下|拉进来))?[\s.!?。！？]*"
_NAME = r"(?P<name>@?[a-z][\w.'-]*(?: (?!(?:an?|the|to|as|is|out|in|into|from|off?|has|had|just|was|got|quit|will|no|be)\b)[a-z][\w.'-]*)?)"
_ZH_NAME = r"(?P<name>@?[\u4e00-\u9fffa-z·]{1,8}?)"
_ROLE = r"(?:an? |the |our |to )*(?:new )?(?P<role>owner|admin|boss|manager|team lead|reps?|sales(?: ?(?:rep|person|man|guy))?|viewer|read[- ]only|employee)"
_NEW = r"(?:(?:an?|the|my|our|another|one more|some) )*(?:new )?(?:colleagues?|co-?workers?|team ?mates?|team members?|employees?|members?|people|somebody|someone|hires?|users?)"
_ZH_ROLE = r"(?P<role>所有者|老板|负责人|经理|主管|业务员|销售员?|只读|只能看|查看者|员工)"
_ZH_NEW = r"(?:一?[个位名])?新?(?:同事|员工|成员|业务员|销售|人手?|队友)"
_US = r"(?:the |our |my )?(?:team|firm|company|crew|staff|group|us|rapport|system|crm)"
_ZH_US = r"(?:我们)?(?:团队|公司|系统|组里|组|群|咱们)"

_RULES: Sequence[tuple[Act, str]] = (
    ("invite", rf"(?:add|invite|bring|get) (?:{_NEW} )?(?:called |named |: ?)?{_NAME} (?:in)?to {_US}(?: as {_ROLE})?"),
    ("invite", rf"(?:add|invite|bring in|bring|onboard) (?:my |our )?(?:new )?(?:colleague|co-?worker|employee|team ?mate|hire),? {_NAME}"),
    ("invite", rf"(?:add|invite|onboard) {_NAME}(?:,? [(<]?[^\s@]+@[^\s@]+[)>]?,?)? as {_ROLE}"),
    ("invite", rf"(?:add|invite|onboard) (?:an? )?(?:new )?{_ROLE}(?! {_NAME} to\b)"),
    ("invite", rf"(?:add|invite|bring in|onboard) {_NEW}(?: (?:in)?to {_US})?"),
    ("invite", rf"(?:we have (?:an? )?)?new (?:colleague|employee|hire|co-?worker|team ?mate|team member)s?(?:(?: is|:| called| named)? {_NAME})?"),
    ("invite", rf"(?:(?:we|i)(?:'ve| have)? hired|hire) {_NAME}(?: as {_ROLE})?"),
    ("invite", rf"{_NAME} (?:is joining|joins|joined|will join) (?:us|{_US})(?: (?:on |next |from |in )?\w+)?"),
    ("invite", rf"(?:send|give|get|make|create)(?: me)? an? (?:invite|invitation)(?: link| code)? for {_NEW}(?: {_NAME})?"),
    ("invite", rf"invite {_NAME}"),
    ("invite", rf"(?:把|让|将){_ZH_NAME}(?:加进来|加入(?:进来|{_ZH_US})?|拉进来|加到{_ZH_US}(?:里|中)?|拉进{_ZH_US})"),
    ("invite", rf"(?:加|邀请|添加|新增|拉|增加){_ZH_NEW}(?:进来|加入)?(?:[，,:： ]*(?:叫|是)?{_ZH_NAME})?"),
    ("invite", rf"(?:邀请|拉){_ZH_NAME}(?:加入|进)(?:{_ZH_US})?"),
    ("invite", r"邀请(?P<name>[小老阿][\u4e00-\u9fff]{1,2})"),
    ("invite", rf"(?:公司|团队|我们)?(?:新来了|来了|招了|新招了|有){_ZH_NEW}(?:[，,:： ]*(?:叫|是)?{_ZH_NAME})?"),
    ("invite", rf"新(?:同事|员工|业务员|销售)(?:[，,:： ]*(?:叫|是)?{_ZH_NAME})?(?:来了|入职了?|报到了?)?"),
    ("role", rf"(?:make|set|promote|demote|change|turn) {_NAME}(?:'s role)?(?: as| in)? {_ROLE}"),
    ("role", rf"(?P<way>promote|demote) {_NAME}"),
    ("role", rf"(?:把|给|将){_ZH_NAME}(?P<way_zh>升职|升级|升一?级|提拔|提拔一?下|降职|降级|降一?级)了?"),
    ("role", rf"{_NAME} (?:is|becomes|will be|should be)(?: now| only| just)* {_ROLE}(?: now)?(?: from now on)?"),
    ("role", rf"(?:把|将|让)?{_ZH_NAME}(?:现在|以后|从今天起)?(?:的?角色)?(?:升为|升成|升|提为|提拔为|提成|改为|改成|设为|设成|变成|当|做|只是|是){_ZH_ROLE}了?"),
    ("remove", rf"(?:{_NAME} (?:has |just )*(?:quit|resigned|been fired|was fired|got fired|left (?:us|{_US})|(?:is|will be|'s) leaving (?:us|{_US})|(?:doesn'?t|does not|no longer) works? (?:here|for us|with us)(?: any ?more)?))(?: .{{0,20}})?"),
    ("remove", rf"{_NAME}(?: is|'s| will be) leaving(?!.*\b(?:minutes?|hours?|now|lunch|early)\b)(?: (?:soon|today|tomorrow|(?:on|next|this|by|in|at) (?:the )?\w+(?: \w+)?))?"),
    ("remove", rf"{_NAME} (?:has |just )+left(?: (?:today|yesterday|for good|last (?:week|month)|on \w+))?"),
    ("remove", rf"(?:fire|dismiss|kick|kick out|take|throw out|remove) {_NAME}(?: out)?(?: (?:from|of|off) {_US})?"),
    ("remove", rf"{_ZH_NAME}(?:已经|昨天|今天|明天|后天|下周|下个?月|月底|这周|本周|(?:下?周|星期|礼拜)[一二三四五六日天]|\d{{1,2}}[月号日])*(?:就)?(?:要)?(?:离职|辞职|走人|不干|被开除|被辞退)了?"),
    ("remove", rf"{_ZH_NAME}(?:就)?(?:(?:下个?月|月底|年底|年后|\d{{1,2}}月)(?:就|底|初)*要?(?:走|走了|离开)|(?:下个?月|月底|年底|年后|\d{{1,2}}月)?(?:就)?(?:要|已经)(?:走人了?|离开(?:公司|我们)了?))"),
    ("remove", rf"(?:移除|移出|踢掉|踢出|开除|辞退){_ZH_NAME}"),
    ("remove", rf"(?:把|将){_ZH_NAME}(?:从{_ZH_US}(?:里|中)?)?(?:移出去?|移除|踢出?去?|踢了|删掉|请出去)(?:{_ZH_US})?"),
)  # fmt: skip
_PATTERNS = tuple((act, lazy(_PLEASE + words + _END, re.IGNORECASE)) for act, words in _RULES)
_LONGEST = 90
_SAME = {
    "admin": "owner", "boss": "owner", "负责人": "owner", "team lead": "manager", "业务员": "rep", "只能看": "viewer",
    "employee": "rep", "read-only": "viewer", "read only": "viewer",
}  # fmt: skip
_NOBODY = frozenset(
    "a an the it this that he she they them him her me us we i you who somebody someone everybody nobody customer client them all one team 客户 他 她 我 你 它 谁 人 大家".split()
)


_ORDERS = lazy(r"就|告诉|通知|提醒")
"""What no name has: 有人投诉就告诉我."""
_TEAM = lazy(
    r"\b(?:team|colleague|co-?worker|employee|hire|staff|manager|rep|viewer|owner)|团队|同事|员工|业务员|销售",
    re.IGNORECASE,
)


def read_wish(words: str) -> Wish | None:
    """None where the sentence is about something else; whether the name is a colleague's is seen by who asks."""
    said = words.strip()
    if len(said) > _LONGEST or "\n" in said:
        return None
    for act, pattern in _PATTERNS:
        if match := pattern.fullmatch(said):
            found = match.groupdict()
            name = (found.get("name") or "").strip().lstrip("@")
            role = _role(found.get("role") or name)
            name = "" if _role(name) else name
            if name.casefold().split(" ")[0] in _NOBODY or _ORDERS.search(name) or (act != "invite" and not name):
                continue
            return Wish(act, name, role, _way(found), _TEAM.search(said) is not None)
    return None


def _way(found: Mapping[str, str | None]) -> Literal["up", "down", ""]:
    way = (found.get("way") or found.get("way_zh") or "").casefold()
    return "down" if way == "demote" or way.startswith("降") else "up" if way else ""


def _role(said: str) -> str:
    word = " ".join(said.casefold().split())
    return _SAME.get(word) or role_of_word(word) or ("rep" if word.split(" ")[0] in ("reps", "sales") else "")
