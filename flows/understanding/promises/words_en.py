# ruff: noqa: E501 -- a rule is one line
"""The words of an English promise: what one does for a customer, who says so, and what is wished for."""

import re
from typing import Final

DELIVER: Final = (
    r"send|share|get back to|tell (?:(?:him|her|them)(?= |$)|[a-z]+(?= ))|intro(?= (?:me|us|him|her|them)(?![a-z]))|fill (?:it |this |them )?(?:in|out)|put (?:him|her|them|us|me|[a-z]+) (?:in touch|through)|connect (?:him|her|them|us|me|[a-z]+) (?:to|with)|turn (?:(?:it|this|that|them) )?(?:a?round)|book(?! (?:something|somewhere|us|it)(?![a-z]))(?! (?:\d+ ?-?(?:mins?|minutes?|hours?|hrs?)|an hour|half an hour|time|some time)(?![a-z]))(?! (?:an?|the|in)? ?(?:call|meeting|demo|visit|lunch|zoom|slot|table|restaurant|dinner|room|taxi|hotel|flights?|[a-z]+ (?:place|restaurant|venue|room)|venue|place|lunch))|clear|settle|credit (?:him|her|them)|prep|find out|sort(?: it| this| that| them)? out|sort (?:it|this|that|them)(?= (?:by|today|tomorrow|asap|before|on|first|this|now)|$)|post|drop(?: off)?(?= (?:it|them|him|her|over|off|a|the|some)(?![a-z]))|deliver|provide|prepare|put together|draft|submit|revise|update|forward|finali[sz]e|"
    r"write(?: up)?|quote|fix|ship|introduce|review(?! (?:call|meeting|session|mtg))|sign|pay|confirm|approve|decide|revert|return|e-?mail(?! address)|"
    r"mail|give|show|come back (?:to|with)|respond|reply|answer|transfer|issue|complete|finish|upload|circulate|issue|"
    r"renew|place|release|get(?= (?!to |in |into |on |off |out|up|by|there|going|started|along|together|ready|hold|"
    r"through|worse|better|used|rid))|set (?:it|this|that) up|let (?:us|me|them|him|her) know|loop in|resend|redo(?! (?:it|that|this) (?:on |at )?(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|next|\\d))|"
    r"adjust|check(?: with| w/?| the| on| if| whether)|ask(?! (?:[a-z]+ ){1,3}how (?:it|they|things|everything|satisfied|happy|we)(?![a-z]))(?! for (?!an? |the |more |new |his |her |their |our |it |"
    r"some |feedback|confirmation|payment))|look into|figure out|work on|process|return|countersign|wire|order|start|"
    r"run|test|evaluate|install|circulate|set up(?! (?:an? |the )?(?:[a-z]+ )?(?:call|meeting|demo|visit|lunch|session|intro))|arrange(?! a? ?(?:call|meeting|"
    r"demo|visit))|organi[sz]e(?! an? (?:call|meeting|demo|visit))|make|build|create|hand over|refund|replace|invoice|file|raise|escalate|resolve|onboard|"
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


DELIVERING: Final = "|".join(
    sorted({_doing(verb) for verb in _verbs(DELIVER)} | {"getting back to", "coming back to", "putting together"})
)
MAKE_GOOD: Final = (
    r"credit|waive|extend|hold|match|honou?r|cover|absorb|throw in|reserve|swap|collect|expedite|speed up|top up|reimburse|deduct|"
    r"reduce|freeze|lock in|include|knock off|take off|split|fit|train|repair|refit|reship|rework|keep (?:the|that|this|it) (?:price|offer|slot)"
)
"""What is promised in so many words only: to credit, to hold the price."""
US_SUBJECT: Final = (
    r"(?:i'll|i will|we'll|we will|i'm going to|i am going to|we're going to|we are going to|gonna|i need to|"
    r"we need to|need to|i have to|we have to|have to|has to|i must|we must|must|i should|we should|gotta|i've got to|"
    r"i promised(?: \w+)? to|we promised(?: \w+)? to|promised(?: \w+)? to|(?:i|we|i've|we've|i have|we have) (?:agreed|offered|undertaken) to|(?:i )?said (?:i'd|i'll|we'll|"
    r"i would|we'd|we would)|told (?:him|her|them|\w+) (?:i'd|i'll|i would|we'd|we'll|we would)|i owe (?:them|him|her|"
    r"\w+)|we owe (?:them|him|her|\w+)|let me|todo:?|to do:?|to-do:?|action(?: item)?:?|don'?t forget to|remember to|forgot to|still need to|(?:still )?have yet to|meant to|"
    r"i am to|we are to|i'm to|we're to|offered to|volunteered to|i promise(?: \w+)? to|we promise(?: \w+)? to|(?:asked|wants?|wanted|needs?|expects?|would like|told|begged) (?:me|us) to|asked if (?:i|we) (?:could|can|would)|(?:she|he|they) (?:said|says) to|next step(?:s)?:?|i committed to|we committed to|will(?! to ))"
)
THEM_SUBJECT: Final = (
    r"(?:(?:he|she|they|it|client|customer|buyer|legal|procurement|finance|their (?:\w+ ){1,2}|the (?:\w+ ){1,2}|cfo|"
    r"ceo|cto|coo|cio|vp|board|boss|team|[a-z][\w'.-]{1,40}(?: [a-z][\w'.-]{0,40})?) ?(?:will|'ll|is going to|are going to|gonna|"
    r"has to|have to|needs? to|must|should|promised(?: us| me)? to|promises to|agreed to|agrees to|said (?:he|she|"
    r"they)(?:'ll|'d| will| would)|says (?:he|she|they)(?:'ll| will)|committed to|is to|are to|plans to|intends to|"
    r"expects to|to|aims to|can))"
)
NO_DELIVERY: Final = (
    r"(?:be|have(?! (?:it|them|this|that|the|an?|your|our|everything)(?![a-z]))|come|call|meet|ring|phone|need|want|see|visit|attend|join|speak|talk|think|know|pop|drop in|"
    r"drop by|swing|fly|drive|head|arrive|discuss|move|like|love|go|not|never|probably|also|only|try (?:him|her|them|again|calling|ringing|to (?:call|reach|get))|follow|check|chase|ping|"
    r"touch|catch|circle|remind|wait|keep|stay|leave|take (?:him|her|them)|text|buzz|nudge|contact|reach|return (?:on|in|next)|look (?:at|forward)|buy|pick (?:it|this) up)(?![a-z])"
)
"""To meet, to talk, to wait: what is no delivery."""
BULLET: Final = r"^[ \-*•>\"'“‘(]{0,4}(?:\d{1,2}[.)] ?)?"
THINGS: Final = (
    r"quote|quotation|proposal|estimate|offer|pricing|price list|samples?|brochure|docs|documents|drawings|contract|"
    r"specs?|credit note|invoice|certificates?|catalogue|sow|nda|draft|mock-?ups?|artwork|layout|report|presentation|answers|responses|slides|"
    r"deck|(?:rf[pqi]|bid|tender)(?: (?:answers?|responses?|submission))?|datasheets?|replacements?|refund|paperwork|spare parts?|rca|root cause(?: analysis| report)?|post-?mortem|action plan|fix|patch|workaround|timeline|certs?|floor ?plan|renderings?|costings?|budgetary"
)
WISHES: Final = (
    r"quotes?|quotation|proposals?|pricing|price list|prices?|contracts?|agreements?|samples?|specs?|specification|"
    r"documents?|docs|deck|brochures?|references?|case stud(?:y|ies)|invoices?|estimates?|plans?|reports?|answers?|decision(?! from| maker| by (?:his|her|their))|"
    r"response|reply(?! from)|feedback|figures|numbers|data ?sheets?|nda|sow|msa|poc|info|information|details|draft|list|roadmap|timeline|"
    r"offer|trial|access|credentials|security questionnaire|questionnaire|certificates?|catalog(?:ue)?|comparison|"
    r"replacements|refunds|credit notes?|spares|spare parts|parts|"
    r"roi (?:analysis|calc\w*|model)|breakdown|slides|presentation|replacement|refund|lead times?|dimensions|drawings|artwork|warranty|invoice copy"
)
ASKS: Final = (
    r"wants?|needs?|asked(?: us| me)? for|asks(?: us| me)? for|requested|requests|is asking for|are asking for|"
    r"would like|(?:he|she|they)'d like|expects?|is expecting|are expecting|waiting (?:on us for|for(?= our | my | us ))|requires?|wanted|"
    r"needed|expecting|asking for|looking for|(?:is|are|he's|she's|they're) after"
)
