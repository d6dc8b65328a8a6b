# ruff: noqa: E501 -- a rule is one line
"""Whether the words around a time look back or ahead, clause by clause."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from flows.understanding.context import Mood
from flows.understanding.lazily import lazy
from flows.understanding.text import Text

CLAUSE: Final = lazy(
    r"[;；。!！?？\n]|,(?!\d|[聊谈吃喝玩]得)|(?<=[\u3400-\u9fff]),(?![聊谈吃喝玩]得)|，(?![聊谈吃喝玩]得)|[ ](?<=[\u4e00-\u9fff]{5} )(?=[\u4e00-\u9fff\d]{3})|(?<!dr)(?<!mr)(?<!mrs)(?<! ms)(?<!prof)\.(?=\s|$)|(?<![a-z])(?:but|(?<!by )then|so|and (?:i|we|he|she|they|will|wants?|send|follow|call|need)|while|because)(?![a-z])|但是?|然后|不过|接着|所以|因此|(?=[让叫请希我他她])(?<=[\u4e00-\u9fff]{7})(?=[让叫请]我们?|希望我们?|[我他她]说|我就)"
)
_PAST: Final = lazy(
    r"(?<![a-z#])(?<!to be )(?<!ll be )(?<!should be )(?<!must be )(?<!can be )(?:did (?:an? |the |our |my |another )(?:[a-z-]+ ){0,2}(?:calls?|demo|visit|meeting|review|session)|was|were|had|did|went|came|met|saw|spoke|talked|called|rang|phoned|visited|emailed|e-mailed|mailed|texted|messaged|sent|"
    r"got|left|told|said|asked|(?<!the )(?<!his )(?<!her )(?<!their )(?<!our )(?<!your )(?<!us )(?<!back )signed(?! by (?:(?:the )?\d|next|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|tomorrow|tonight|end|eo|cob|xmas|christmas))|closed(?! (?:for (?!\d)|from|over|until|till|between|all (?:week|day)|\d{1,2}(?:st|nd|rd|th)? ?(?:-|to)))|won(?!'t)|lost|(?<!get )(?<!gets )(?<!be )paid|bought|demoed|presented|showed|discussed|chatted|caught up|had lunch|happened|arrived|"
    r"returned|started|finished|completed|agreed(?! (?:on |an? |the )*(?:meeting|call|visit|demo|date|slot|time|to)(?![a-z]))|replied|received|reached|dropped|stopped by|ago|last|logged|attended|ran|gave|made|took|"
    r"connected|hosted|pitched|quoted|shipped|delivered|wrote|heard|already|yesterday|kicked off|walked|held|ended|expired|failed|crashed|broke|fell|resigned|"
    r"have (?:been|not|met|spoken|sent|had)|has been|haven't|hasn't|didn't)(?![a-z])"
    r"|(?<![约定订排改好消忘不])(?<!改到)(?<!推到)(?<!延到)(?<!定在)(?:了(?!交期|交货|交付|日期|上线|发货|到货|验收|开工|进场|船期|排期|档期)|过(?!去|来|程|户|期|会|方案|合同|需求|一下|一遍))(?!两天|几天|一会|阵子|段时间|吗|了?再(?!次)|以后|之后)|[吃见喝聊谈开打通签](?:的)(?=面|饭|会(?!议)|电话|话|茶|酒|咖啡|[早午晚])|(?<=[一二三四五六日天午晚])见的(?!面)|[聊谈吃喝玩]得(?![先把跟到])|(?:发|寄|签|付|报|买|订|送|交|打)(?:出|走|过去|来)?的(?=$|[，。,])|刚刚?|第[二三四五六七八九\d]次(?=给|打|催|去|跟|找|拜访|改)|已经|上次|上回|曾|昨|前天|见面时|拜访时|以来|去年|上周|上个?月|来[电信](?=说|问|催|要|反馈|确认)"
)
_FUTURE: Final = lazy(
    r"'ll(?![a-z])|re-?schedul[a-z]*|(?<![a-z])(?:asked|told) (?:[a-z]+ ){1,2}to(?![a-z])|(?<![a-z])to (?:move|push|reschedule|shift|postpone|bring)(?![a-z])|'d(?! (?:been|already|just|sent|paid|called|met|had|gone|spoken|seen))(?![a-z])|(?<![a-z])(?:would|chas(?:e|ing)|going back|will|shall|going to|gonna|wants?|wanna|need(?:s|ed)? to|needs?|must|should|have to|has to|gotta|plan(?:s|ning|ned)?|schedul[a-z]*|book(?:ed|ing)?|to be|"
    r"remind|(?:ring|phone)(?:ing)? (?:back|again)|call(?:ing)? again|retry|follow[- ]?up|following up|check back|check in|circle back|call back|ping|try|send|set up|let's|due|deadline|deliver|expects?|expected|coming|leaving|arriving|"
    r"tomorrow|next|upcoming|by|until|before|invite|arrange|prepare|(?<!did )(?<!do )(?<![a-z'])(?:he|she|they|it|we) (?:signs?|decides?|confirms?|pays?|delivers?|arrives?|flies|fly|lands?|opens?|closes?|comes|picks?|ships?|votes?|decide)|would like|can|could|to do|todo|promise to|renew(?:s|ing)?|expir[a-z]*|is on|are on|submit|extended (?:to|until|till)|"
    r"intend[a-z]*|hope to|looking to|wait|waiting|agreed (?:to|(?:on |an? |the )*(?:meeting|call|visit|demo|date|slot|time))|promised|moved|moving|pushed|postponed|rescheduled|might|may be|don't forget|meet|visit|call|demo|get back|starts?|launch[a-z]*|ship)(?![a-z])"
    r"|(?:move|push|postpone|delay|change|shift)d?[ ]?[到成至为]|要|将|会(?!议|上|面|见|后)|得(?=在|把|去|给|跟|先)|准备|打算|计划|预计|估计(?=[要得在拖到下明还会能][^，。,；;了]{0,8})|拖到|安排|约(?!\d|[一二三四五六七八九十百千万两])|提醒|记得|别忘|回访|跟进|交付|截止|到期|需要|希望|想|下周|下个?月|明|后天|尽快|前(?=给|发|交|出|完成|回|把|提)|待|再(?!次)|改到|改成|推迟|延期|去(?!年|了|过|[^，。,；; ]{1,8}[看见谈聊访坐转签装修送开吃办取][了过])|来(?!了|过|年|电|信|函)"
)
_BREAKS: Final = lazy(r"[;；。!！?？\n，、]|,(?!\d)|\.(?=\s|$)")


_ORDER: Final = lazy(
    r"[ \-*•]{0,3}(?:please |pls )?(?:chase|send|follow[- ]?up|remind|nudge|prepare|draft|collect|submit|get|check (?:in|back)|(?:set|add|create|put) (?:me )?(?:an? )?reminder|reminder(?: for| on)?)(?![a-z])"
)
_SUPPOSED: Final = lazy(r"[ ]{0,2}(?:(?:and|but|so) )?(?:if|unless|once|as soon as|in case|should)(?![a-z])")
"""If they haven't signed by the 30th: what may come."""
_LATER_ORDER: Final = lazy(
    r"(?: [-–] |: )(?:chase|send|follow[- ]?up|remind|nudge|prepare|draft|collect|submit|get)(?![a-z])"
)
_ASKED: Final = lazy(
    r"(?<![a-z])(?:asked|told|promised|agreed|wants?|wanted|needs?|needed|owes?|owed|requested|said)(?![a-z])|让|要求|叫|答应|承诺|约定"
)
_DO: Final = lazy(
    r"[ ]?(?:你|我们?)?(?:就|要|得|先|务必|必须|一定)*(?:把|给我把)[^，。,；;我]{1,12}了(?:$|[，。,；;！!吧 ])"
)
_UNTIL: Final = lazy(r"(?<![a-z])(?:until|till|til|thru)[ ]{1,2}(?:the )?$")
_LASTED: Final = lazy(r"(?<![a-z])(?:was|were|stayed|waited|lasted|ran|had|did|didn't|worked)(?![a-z])")
_ABOUT: Final = lazy(
    r"大概|大约|差不多|估计|可能|应该|或许|最快|最早|(?:maybe|probably|about|around|roughly|say|likely|hopefully|prob)(?: on| in| the)*"
)
_OF_INVITE: Final = lazy(
    r"(?<![a-z])(?:invites?|invitations?|links?|agenda|joining details|tickets?|passes)(?: out)? for (?:the |our |his |her |their |[a-z]+ )?$"
)
"""The invite for Thursday was sent: when they meet."""
_REACH: Final = 160


class Moods:
    """Cues of one text, found once, asked for many places."""

    __slots__ = ("_ahead", "_back", "_breaks", "_length", "_low")

    def __init__(self, text: Text) -> None:
        low = self._low = text.low
        self._length = len(low)
        self._breaks = [match.start() for match in CLAUSE.finditer(low)]
        self._back = [match.span() for match in _PAST.finditer(low)]
        self._ahead = [match.span() for match in _FUTURE.finditer(low)]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The stretch between the nearest breaks around a place, and never farther than words can govern."""
        before = bisect_left(self._breaks, start) - 1
        behind = bisect_left(self._breaks, end)
        left = self._breaks[before] if before >= 0 else -1
        right = self._breaks[behind] if behind < len(self._breaks) else self._length
        return max(left, start - _REACH), min(right, end + _REACH)

    def between(self, start: int, end: int) -> str:
        """The words between two places."""
        return self._low[start:end]

    def is_alone(self, start: int, end: int) -> bool:
        """Whether a place is all that its clause holds."""
        left, right = self.clause(start, end)
        before = self._low[left + 1 : start].strip()
        return not (before and not _ABOUT.fullmatch(before)) and not self._low[end:right].strip()

    def join(self, times: Sequence[tuple[int, int]]) -> None:
        """A clause that is nothing but a time belongs to the one before it: "Meeting at the plant, 24 Nov, 14:00"."""
        for start, end in times:
            left, right = self.clause(start, end)
            if not self.is_alone(start, end):
                continue
            edge = left if left > 0 else right
            if self._low[edge : edge + 1] in (",", "，") and edge in self._breaks:
                self._breaks.remove(edge)

    def at(self, start: int, end: int) -> Mood:
        """The mood of the nearest cue in the same clause, those before a time weighing more than those after."""
        left, right = self.clause(start, end)
        if (
            _OF_INVITE.search(self._low, max(left, 0), start)
            or _SUPPOSED.match(self._low, left + 1)
            or _ORDER.match(self._low, left + 1)
            or _LATER_ORDER.search(self._low, left + 1, start)
        ):
            return "future"
        back = self._distance(self._back, start, end, left, right)
        ahead = self._distance(self._ahead, start, end, left, right)
        if back is None and ahead is None:
            return "none"
        if ahead is None:
            return "past"
        if back is None:
            return "future"
        return "past" if back <= ahead else "future"

    def is_asked_for(self, start: int) -> bool:
        """Whether it was asked for or promised, so that a deadline lies ahead: "asked for the PO by Friday"."""
        left, _ = self.clause(start, start)
        return _ASKED.search(self._low, max(left, 0), start) is not None

    def is_ordered(self, end: int) -> bool:
        """Whether what stands behind it is to be done: 年前把尾款结了."""
        return _DO.match(self._low, end) is not None

    def is_open_end(self, start: int) -> bool:
        """Whether something lasts until then: "on leave till the 3rd", though not "was off till the 3rd"."""
        left, _ = self.clause(start, start)
        return bool(_UNTIL.search(self._low, max(left, 0), start)) and not _LASTED.search(
            self._low, max(left, 0), start
        )

    @staticmethod
    def _distance(cues: list[tuple[int, int]], start: int, end: int, left: int, right: int) -> int | None:
        """How far the nearest cue stands off; cues inside the words of the time itself do not count."""
        place = bisect_left(cues, (start, 0))
        gaps = []
        for begin, stop in cues[max(0, place - 2) : place]:
            if left <= begin and stop <= start:
                gaps.append(start - stop)
        behind = bisect_left(cues, (end, 0))
        for begin, _ in cues[behind : behind + 1]:
            if begin < right:
                gaps.append(begin - end + 12)
        return min(gaps, default=None)
