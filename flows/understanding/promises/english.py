# ruff: noqa: E501, SIM905 -- a rule is one line, and lists of words read better as words
"""How a promise is put in English: one line a form, tried in this order, each with its example."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.promises.forms import By, Form, Way

_DELIVER: Final = (
    r"send|share|get back to|tell (?:him|her|them)(?= |$)|intro(?= (?:me|us|him|her|them)(?![a-z]))|fill (?:it |this |them )?(?:in|out)|turn (?:it|this|that|them) (?:a?round)|book(?! (?:an?|the|in)? ?(?:call|meeting|demo|visit|lunch|zoom|slot))|clear|settle|prep|find out|sort(?: it| this| that)? out|post|drop(?: off)?(?= (?:it|them|him|her|over|off|a|the|some)(?![a-z]))|deliver|provide|prepare|put together|draft|submit|revise|update|forward|finali[sz]e|"
    r"write(?: up)?|quote|fix|ship|introduce|review(?! (?:call|meeting|session|mtg))|sign|pay|confirm|approve|decide|revert|return|e-?mail(?! address)|"
    r"mail|give|show|come back (?:to|with)|respond|reply|answer|transfer|issue|complete|finish|upload|circulate|issue|"
    r"renew|place|release|get(?= (?!to |in |into |on |off |out|up|by|there|going|started|along|together|ready|hold|"
    r"through|worse|better|used|rid))|set (?:it|this|that) up|let (?:us|me|them|him|her) know|loop in|resend|redo|"
    r"adjust|check(?: with| w/?| the| on| if| whether)|ask(?! for (?!an? |the |more |new |his |her |their |our |it |"
    r"some |feedback|confirmation|payment))|look into|figure out|work on|process|return|countersign|wire|order|start|"
    r"run|test|evaluate|install|circulate|set up(?! a? ?(?:call|meeting|demo|visit))|arrange(?! a? ?(?:call|meeting|"
    r"demo|visit))|organi[sz]e|make|build|create|hand over|refund|replace|invoice|file|raise|escalate|resolve|onboard|"
    r"migrate|configure"
)
"""What one does for a customer that can be promised, unlike to call or to meet."""


def _doing(verb: str) -> str:
    """send → sending, write → writing, get → getting."""
    if verb.endswith("e") and not verb.endswith(("ee", "ye")):
        return verb[:-1] + "ing"
    doubles = re.fullmatch(r"(?:[a-z]{0,3}[^aeiou])?[aeiou][^aeiouwxy]", verb) is not None and len(verb) < 5
    return verb + (verb[-1] if doubles or verb in ("submit", "refer") else "") + "ing"


def _verbs(pattern: str) -> set[str]:
    """The single verbs of a list, without what may not follow them."""
    while pattern != (less := re.sub(r"\([^()]*\)\??", "", pattern)):
        pattern = less
    return {verb for verb in pattern.split("|") if verb.isalpha()}


_DELIVERING: Final = "|".join(sorted({_doing(verb) for verb in _verbs(_DELIVER)} | {"getting back to", "coming back to", "putting together"}))
_US_SUBJECT: Final = (
    r"(?:i'll|i will|we'll|we will|i'm going to|i am going to|we're going to|we are going to|gonna|i need to|"
    r"we need to|need to|i have to|we have to|have to|has to|i must|we must|must|i should|we should|gotta|i've got to|"
    r"i promised(?: \w+)? to|we promised(?: \w+)? to|promised(?: \w+)? to|(?:i|we|i've|we've|i have|we have) (?:agreed|offered|undertaken) to|(?:i )?said (?:i'd|i'll|we'll|"
    r"i would|we'd|we would)|told (?:him|her|them|\w+) (?:i'd|i'll|i would|we'd|we'll|we would)|i owe (?:them|him|her|"
    r"\w+)|we owe (?:them|him|her|\w+)|let me|todo:?|to do:?|to-do:?|action(?: item)?:?|don'?t forget to|remember to|forgot to|still need to|(?:still )?have yet to|meant to|"
    r"i am to|we are to|next step(?:s)?:?|i committed to|we committed to|will)"
)
_THEM_SUBJECT: Final = (
    r"(?:(?:he|she|they|it|client|customer|buyer|legal|procurement|finance|their (?:\w+ ){1,2}|the (?:\w+ ){1,2}|cfo|"
    r"ceo|cto|coo|cio|vp|board|boss|team|[a-z][\w'.-]+(?: [a-z][\w'.-]+)?) ?(?:will|'ll|is going to|are going to|gonna|"
    r"has to|have to|needs? to|must|should|promised(?: us| me)? to|promises to|agreed to|agrees to|said (?:he|she|"
    r"they)(?:'ll|'d| will| would)|says (?:he|she|they)(?:'ll| will)|committed to|is to|are to|plans to|intends to|"
    r"expects to|to|aims to|can))"
)
_NO_DELIVERY: Final = (
    r"(?:be|have(?! (?:it|them|this|that|the|an?|your|our|everything)(?![a-z]))|come|call|meet|ring|phone|need|want|see|visit|attend|join|speak|talk|think|know|pop|drop in|"
    r"drop by|swing|fly|drive|head|arrive|discuss|move|like|love|go|not|never|probably|also|only|try (?:him|her|them|again|calling|ringing|to (?:call|reach|get))|follow|check|chase|ping|"
    r"touch|catch|circle|remind|wait|keep|stay|leave|take (?:him|her|them)|text|buzz|nudge|contact|reach|return (?:on|in|next)|look (?:at|forward)|buy|pick (?:it|this) up)(?![a-z])"
)
"""To meet, to talk, to wait: what is no delivery."""
_BULLET: Final = r"^[ \-*•>\"(]{0,4}"
_THINGS: Final = (
    r"quote|quotation|proposal|estimate|offer|pricing|price list|samples?|brochure|docs|documents|drawings|contract|"
    r"specs?|credit note|invoice|certificates?|catalogue|sow|nda|draft|mock-?ups?|artwork|layout|report|presentation|"
    r"deck|datasheets?"
)
_WISHES: Final = (
    r"quotes?|quotation|proposals?|pricing|price list|prices?|contracts?|agreements?|samples?|specs?|specification|"
    r"documents?|docs|deck|brochures?|references?|case stud(?:y|ies)|invoices?|estimates?|plans?|reports?|answers?|"
    r"response|feedback|numbers|data ?sheets?|nda|sow|msa|poc|info|information|details|draft|list|roadmap|timeline|"
    r"offer|trial|access|credentials|security questionnaire|questionnaire|certificates?|catalog(?:ue)?|comparison|"
    r"roi (?:analysis|calc\w*|model)|breakdown|slides|presentation|replacement|refund|discount|terms|lead times?|dimensions|drawings|artwork|warranty|invoice copy"
)
_ASKS: Final = (
    r"wants?|needs?|asked(?: us| me)? for|asks(?: us| me)? for|requested|requests|is asking for|are asking for|"
    r"would like|(?:he|she|they)'d like|expects?|is expecting|are expecting|waiting (?:on us for|for (?=our |my |us ))|requires?|wanted|"
    r"needed|asking for|looking for"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One statement, and what stands around it: a time, a deadline, ourselves as the subject so far."""

    words: str
    ours: bool
    timed: bool
    due: bool


Fits = Callable[[re.Match[str], Setting], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    by: By
    name: str
    pattern: re.Pattern[str]
    example: str
    when: Callable[[Setting], bool]
    fits: Fits = lambda match, here: True
    way: Way = Way.SAID


def may_promise(words: str) -> bool:
    """The quick look: whether the statement has any word of a promise."""
    return not _MAY_PROMISE.isdisjoint(_WORD.findall(words))


def read(here: Setting) -> Form | None:
    """The first form that the statement has."""
    for rule in FORMS:
        if rule.when(here) and (match := rule.pattern.search(here.words)) and rule.fits(match, here):
            return Form(rule.by, match.start("what"), rule.name, rule.way)
    return None


_WORD: Final = lazy(r"[a-z]+")
_MAY_PROMISE: Final = (
    frozenset(re.findall(r"[a-z]{2,}", _DELIVER)) - frozenset("to with on if up me him her them the us for".split())
) | frozenset(re.findall(r"[a-z]{3,}", _DELIVERING)) | frozenset(
    """
    agreed asked asking asks buying committed emailing fixing invoicing ordering paying placing posting replacing resending signing delivering promised offered owes owed ll d drafting expecting expects finalising finalizing follow forwarding
    getting he like looking need needed needs owe preparing promised promises requested requests requires revising
    sending sharing she shipping submitting they updating waiting want wanted wants will
    """.split()
)
"""A statement with none of these words promises nothing."""


def _always(here: Setting) -> bool:
    return True


def _timed(here: Setting) -> bool:
    return here.timed


def _due(here: Setting) -> bool:
    return here.due


_ASKED_TO: Final = lazy(
    r"(?:please |pls |^[ ]*|ask (?:[a-z]+ ){1,2}to |if (?:[a-z]+ ){1,3}|don'?t |didn'?t |hasn'?t |never )$"
)
_NOT_A_THING: Final = lazy(
    r"(?<![a-z])(?:he|she|they|it|i|we|payment|po|order|decision|answer|who|which|not|never)(?![a-z])"
)
_QUOTED: Final = lazy(r"(?:^|[^a-z])[\"“][^\"”]*$")
_FIRST: Final = lazy(r"(?<![a-z])(?:i|we|i'll|we'll|let me|us|me)(?![a-z])")
_TO_THEM: Final = lazy(r"[a-z]+ (?:up |over |back to |it to )?(?:him|her|them)(?![a-z])")
_NOBODYS: Final = ("will", "gonna", "need to", "have to", "has to", "must", "promised")
"""Verbs whose subject stands before them, ourselves or others."""
_PURPOSE: Final = lazy(
    r"(?:[a-z'-]+ )?(?:[a-z]+ed|rang|wrote|came|went|met|spoke|due|here|back|got|sent|happy|keen|free|time|reason|way|"
    r"chance|up) to (?!(?:be|have) )"
)
_NO_SUBJECT: Final = (
    "need",
    "want",
    "have",
    "remember",
    "forgot",
    "forget",
    "how",
    "what",
    "when",
    "going",
    "able",
    "looking",
    "hoping",
    "planning",
    "considering",
    "keen",
    "wanting",
    "ready",
    "try",
    "trying",
)
_WENT: Final = lazy(
    r"(?<![a-z])(?:went (?:out|over|well)|gone (?:out|over)|was (?:sent|accepted|rejected)|arrived|came (?:in|"
    r"back))(?![a-z])"
)


def _due_from_us(here: Setting) -> bool:
    return here.due and here.ours


def _timed_from_them(here: Setting) -> bool:
    return here.timed and not here.ours


def _due_from_others(here: Setting) -> bool:
    return here.due and not here.words.startswith(("i ", "we ", "promised"))


def _is_a_thing(match: re.Match[str], here: Setting) -> bool:
    return not _NOT_A_THING.search(match["what"])


def _is_still_to_do(match: re.Match[str], here: Setting) -> bool:
    return not _WENT.search(here.words)


_ONLY_TO: Final = lazy(r"(?:the )?[a-z][\w'.-]+(?: [a-z][\w'.-]+)? to (?:also |then )?")
"""Called reception to get a number: what for, and no promise, unless it has a time."""


def _is_quoted(match: re.Match[str], here: Setting) -> bool:
    return not here.ours and bool(_QUOTED.search(here.words[: match.start()]))


def _is_ours(match: re.Match[str], here: Setting) -> bool:
    """Whether the one who will is ourselves: 'will send' alone is, 'Tom will send' is not."""
    head = here.words[: match.start()].strip()
    if match[0].startswith("will"):
        return not head and (here.ours or bool(_TO_THEM.match(match["what"])))
    return not (match[0].startswith(_NOBODYS) and head and not _FIRST.search(head))


def _is_theirs(match: re.Match[str], here: Setting) -> bool:
    if (
        _ONLY_TO.fullmatch(match[0][: match.start("what") - match.start()])
        and not here.timed
        and here.words[: match.start()].strip()
    ):
        return False
    subject = match[0][: match.start("what") - match.start()]
    return not (
        _FIRST.search(subject.partition(" promised")[0].partition(" agreed")[0])
        or _PURPOSE.match(match[0])
        or match[0].startswith(_NO_SUBJECT)
    )


def _is_not_asked(match: re.Match[str], here: Setting) -> bool:
    return not _ASKED_TO.search(here.words[: match.start()])


_US: Final = r"(?<![a-z])" + _US_SUBJECT + r" (?:also |then |just )?(?P<what>(?:" + _DELIVER + r")(?![a-z]).*)"

FORMS: Final = (
    Rule(
        "them",
        "they will let us know",
        lazy(r"(?<![a-z])(?P<what>let (?:me|us) know|(?:come|get) back to (?:me|us)|revert to (?:me|us))(?![a-z]).*"),
        "Jo: will let us know by friday",
        _timed,
        _is_not_asked,
    ),
    Rule(
        "us",
        "it is promised",
        lazy(_BULLET + r"(?P<what>(?:[a-z]+ ){0,2}[a-z]+) (?:promised (?:for|by|on|within)|to follow) ?"),
        "samples to follow on friday",
        _timed,
        _is_a_thing,
    ),
    Rule(
        "us",
        "we are on it",
        lazy(
            _BULLET
            + r"(?:also |then |now |am |i'm |we're )?(?P<what>(?:sending|resending|e-?mailing|posting|fixing|checking with|invoicing|replacing|arranging|sharing|preparing|drafting|forwarding|shipping|"
            r"delivering|submitting|getting (?:them|him|her|it)|revising|finali[sz]ing|updating)(?![a-z]) (?!by|was|is).*)"
        ),
        "sending pricing tomorrow",
        _timed,
    ),
    Rule(
        "us",
        "we promised it",
        lazy(
            r"(?:^|(?<![a-z])(?:i|we|i've|we've) )[ ]{0,2}promised (?P<what>it|this|that|them)(?= by| before| for| on|"
            r" to (?:him|her|them)|[ ]*$)"
        ),
        "promised it by friday",
        _timed,
    ),
    Rule(
        "us",
        "we owe",
        lazy(r"(?<![a-z])(?:i|we) owe (?:them|him|her|[a-z]+) (?P<what>(?:an?|the|some)? ?\w.*)"),
        "i owe them a quote",
        _always,
    ),
    Rule(
        "them",
        "it will be paid",
        lazy(
            r"(?<![a-z])(?P<what>(?:the |their |first |full |final |remaining )*(?:payment|po|purchase order|signature|"
            r"approval|decision|advance|cheque|deposit|funds?|remittance|money|balance)) (?:will be|is to be|to be|gets|"
            r"will get|should be|is being|will come|is coming|will arrive|should come|should arrive|will go) ?(?:[a-z]+ )*"
        ),
        "payment will come on friday",
        _timed,
    ),
    Rule(
        "them",
        "in their words",
        lazy(_US),
        'Sarah Chen: "we will send it',
        _always,
        _is_quoted,
    ),
    Rule(
        "us",
        "we will",
        lazy(_US),
        "i'll send the deck",
        _always,
        _is_ours,
    ),
    Rule(
        "us",
        "we will by then",
        lazy(
            r"(?<![a-z])(?:i'll|i will|we'll|we will|i'd|we'd|i said i'd) (?P<what>(?!" + _NO_DELIVERY + r")[a-z]+ .*)"
        ),
        "i'll spin up the sandbox by friday",
        _timed,
    ),
    Rule(
        "us",
        "we do it then",
        lazy(r"^[ ]*(?:and |so |then |but )?(?:i|we) (?P<what>(?:" + _DELIVER + r")(?![a-z]).*)"),
        "i answer him on monday",
        _timed,
    ),
    Rule(
        "us",
        "we are doing it",
        lazy(r"(?<![a-z])(?:i'm|i am|im|we're|we are) (?P<what>(?:" + _DELIVERING + r")(?![a-z]) .*)"),
        "i'm getting back to them on friday",
        _timed,
    ),
    Rule(
        "us",
        "we promised some",
        lazy(
            r"(?<![a-z])(?:i|we|i've|we've|i have|we have|have) (?:promised|offered)(?: (?:him|her|them|[a-z]+))? (?P<what>(?:an?|the|some|another|new|full|free|\d+) (?!call|visit|meeting|demo).*)"
        ),
        "i've promised a breakdown",
        _always,
    ),
    Rule(
        "them",
        "they owe us",
        lazy(r"(?<![a-z])(?!i |we )[a-z][\w'.-]* (?:still )?(?:owes?|owed) (?:me|us) (?P<what>(?:an?|the|some|their|his|her)? ?\w.*)"),
        "jo owes me a user list",
        _always,
    ),
    Rule(
        "us",
        "we told them",
        lazy(
            r"(?<![a-z])(?:told|promised|assured) (?:him|her|them|[a-z]+)(?: that)? (?:i'd|i'll|i would|we'd|we'll|"
            r"we would) (?P<what>(?!call|ring|phone|meet|visit|speak)[a-z]+ .*)"
        ),
        "told her we'd have an answer by friday",
        _due,
    ),
    Rule(
        "us",
        "we promised they would",
        lazy(
            r"(?<![a-z])promised(?: (?:him|her|them))?(?: that)? (?P<what>(?:they|it|this|these|those|everything|"
            r"the [a-z]+)(?:'d|'ll| would| will) .*)"
        ),
        "promised they'd be there by friday",
        _due_from_us,
    ),
    Rule(
        "them",
        "they will",
        lazy(
            r"(?<![a-z])"
            + _THEM_SUBJECT
            + r" (?:also |then |probably |likely |hopefully )?(?P<what>(?:"
            + _DELIVER
            + r")(?![a-z]).*)"
        ),
        "she will send the contract",
        _always,
        _is_theirs,
    ),
    Rule(
        "them",
        "they are on it",
        lazy(
            r"(?<![a-z])(?:he|she|they)(?:'s|'re| is| are) (?P<what>(?:sending|raising|signing|paying|preparing|reviewing|confirming|checking|getting|processing|issuing|releasing|drafting|finali[sz]ing|returning|approving|sharing|emailing|transferring|placing|sorting)(?![a-z]).*)"
        ),
        "they're raising the po on friday",
        _timed,
    ),
    Rule(
        "them",
        "theirs to do by then",
        lazy(
            r"^[ ]?(?!(?:need|want|going|have|has|had|like|try|tried|ask|asked|remember|forgot|due|up|back|next|got|able|happy|keen|ready|here|how|what|when|where|us|me|i|we|and|then|also|want|wants|needs|told|sent|called|went|came|come|get|go|report|revert|reply|respond|look|talk|speak|listen|write)(?![a-z]))[a-z][\w'.-]+(?: (?!(?:wants?|wanted|needs?|has|have|had|is|was|asked|hopes?|likes?|loves?|agreed|tried|due|happy|keen|ready|able|going|used|refused|rather|back|over|through|on)(?![a-z]))[a-z][\w'.-]+)? to (?P<what>(?!(?:be|have|call|ring|meet|visit|speak|talk|see|discuss|come)(?![a-z]))[a-z]+ .*)"
        ),
        "david to pick a colour by monday",
        _due,
    ),
    Rule(
        "them",
        "they are buying",
        lazy(_BULLET + r"(?:and |so )?(?P<what>(?:ordering|buying|placing|signing|paying)(?![a-z]) (?!by|was|is).*)"),
        "ordering 400 units next week",
        _timed,
    ),
    Rule(
        "them",
        "they promised some",
        lazy(
            r"(?<![a-z])(?:promised|promises)(?: us| me)? (?P<what>(?:an? |the |their |some )?(?:[a-z]+ )?(?:feedback|answer|decision|reply|response|payment|po|order|signature|update|news|numbers|details|documents|contract)(?![a-z]).*)"
        ),
        "Anna promised feedback next friday",
        _timed_from_them,
    ),
    Rule(
        "them",
        "and will",
        lazy(r"^[ ]{0,2}(?:and )?(?:will|'ll) (?P<what>(?:" + _DELIVER + r")(?![a-z]).*)"),
        "Sarah Chen likes it, and will pay on friday",
        _timed_from_them,
    ),
    Rule(
        "them",
        "they will by then",
        lazy(
            r"(?<![a-z])(?:he|she|they)(?:'ll| will) (?P<what>(?!" + _NO_DELIVERY + r"|(?:expand|grow|open|start)(?![a-z]))[a-z]+ .*)"
        ),
        "they'll measure up on friday",
        _timed,
    ),
    Rule(
        "them",
        "they promised it by then",
        lazy(r"(?<![a-z])(?:promised|promises)(?: us| me)? (?P<what>(?!to |it |this |that |them |him |her )\w.*)"),
        "jo promised payment by friday",
        _due_from_others,
    ),
    Rule(
        "them",
        "they promised to",
        lazy(
            r"(?<![a-z])(?:promised|promises|agreed|committed)(?: us| me)? to (?P<what>(?:"
            + _DELIVER
            + r"|have|be|move|buy)(?![a-z]).*)"
        ),
        "jo agreed to buy",
        _always,
    ),
    Rule(
        "them",
        "they promised",
        lazy(
            r"(?<![a-z])(?:promised|promises|agreed|committed)(?: us| me)? (?P<what>an? (?:answer|decision|reply|response|"
            r"signature|payment|po|signed)\b.*)"
        ),
        "jo promised an answer",
        _always,
    ),
    Rule(
        "us",
        "they want",
        lazy(
            r"(?<![a-z])(?:" + _ASKS + r")"
            r"(?: us to (?:send|provide|share|deliver|prepare))? "
            r"(?:to (?:see|get|have|receive) )?(?P<what>(?:an?|the|our|some|another|updated?|revised|new|final|more|\d+|two|three)? ?(?:(?!to )[a-z0-9'&-]+ ){0,4}?"
            r"(?:" + _WISHES + r")(?![a-z]).*)"
        ),
        "jo wants a quote",
        _always,
        way=Way.WANTED,
    ),
    Rule(
        "us",
        "it is due",
        lazy(
            _BULLET
            + r"(?:and |also |so |our |the |an? )*(?P<what>(?:(?:formal|revised|new|final|updated|full|written|detailed|firm|draft|signed off|proper|best|amended) ){0,2}(?:"
            + _THINGS
            + r")"
            r"(?: (?:to|for) (?:him|her|them|us|[a-z]+))?)(?: (?:is|are|was))?(?: (?:due|needed|required|expected|to go out|"
            r"to be sent|to be (?:with|at) [a-z]+))*(?: (?:to|with|for|at) (?:him|her|them|[a-z]+))?(?: (?:by|before|due|on|"
            r"no later than))? ?.{0,30}$"
        ),
        "revised quote by friday",
        _due,
    ),
    Rule(
        "us",
        "it is to be done by then",
        lazy(
            _BULLET
            + r"(?:also |then |please |pls |must )?(?P<what>deliver|ship|send|submit|finish|complete|reply|respond|confirm|pay|return|decide)(?= (?:it |them )?(?:by|before|no later) )"
        ),
        "deliver by the 27th",
        _due,
    ),
    Rule(
        "them",
        "they owe it by then",
        lazy(
            _BULLET
            + r"(?P<what>(?:(?:the|their|first|full|final|advance|down|remaining|balance|part|second) ){0,2}(?:payment|po|purchase order|deposit|balance|remittance|transfer|cheque|signature))(?! (?:plan|term|link|schedule)).{0,12}(?: by| before| due)?[ ]{0,2}(?=$| (?:by|before) |.{0,20}$)"
        ),
        "advance payment 50% by monday",
        _due,
    ),
    Rule(
        "them",
        "it is due to us",
        lazy(
            r"(?P<what>(?:[a-z]+ ){0,2}[a-z]+) (?:is |are )?due (?:back )?(?:in from|to us|from (?:them|him|her|us)|back)(?![a-z])"
        ),
        "artwork due back to us on friday",
        _timed,
    ),
    Rule(
        "us",
        "it goes out then",
        lazy(
            _BULLET
            + r"(?:the |our |a )?(?P<what>(?:[a-z]+ ){0,1}(?:"
            + _THINGS
            + r")) (?:out|over|off)(?: to (?:him|her|them|[a-z]+))?(?![a-z])"
        ),
        "contract out on friday",
        _timed,
    ),
    Rule(
        "us",
        "ours to do",
        lazy(_BULLET + r"(?:and )?(?:us|me) to (?P<what>(?:" + _DELIVER + r")(?![a-z]).*)"),
        "us to send the price list",
        _always,
    ),
    Rule(
        "us",
        "they want it by then",
        lazy(
            r"(?<![a-z])(?:wants?|needs?|wanted|needed|asked(?: us| me)? for|requires?|expects)(?! to(?! (?:have|get|receive|"
            r"see)))(?: to (?:have|get|receive|see))? (?P<what>(?!(?:us|me) to)\w.*)"
        ),
        "she needs the keys by friday",
        _due,
    ),
    Rule(
        "us",
        "to do",
        lazy(
            _BULLET
            + r"(?:also |then |please |pls |must |asap:? )?(?P<what>(?!start|run |sign )(?:"
            + _DELIVER
            + r")(?![a-z])(?!\s*$| (?:by|was|is|from|in|pencil+ed|booked|scheduled|planned|confirmed|date|due|went|goes|moved|team|sent|accepted|rejected|done|ready|expected|received|delayed|shipped|cancelled|placed|approved|signed|needed|quer(?:y|ies)|issues?|disputes?|numbers?|no|copy|errors?|still|overdue|unpaid|outstanding)(?![a-z])).*)"
        ),
        "send the deck",
        _always,
        _is_still_to_do,
    ),
)
