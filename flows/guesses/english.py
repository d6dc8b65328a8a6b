# ruff: noqa: E501 -- a rule is one line
"""What an English line that nobody could take was probably about, by the things it names."""

from __future__ import annotations

import re
from typing import Final

_ABOUT: Final = (
    ("export", r"download|export|back ?up (?:of )?(?:our|the|all)|(?:to|into|as|in) (?:an? )?(?:excel|csv|spreadsheet|sheet)"),
    ("import", r"(?:in|from|as) (?:an? |my |our )?(?:excel|csv|spreadsheet|google sheets?)(?: file| sheet)?|upload|import|(?:excel|csv|spreadsheet|sheet|file) (?:of|with|full of)"),
    ("calendar", r"(?:google|apple|outlook|phone|my|own) calendar|ical|ics"),
    ("web", r"web ?(?:page|site|link|version)|browser|dashboard|on (?:my|the) (?:laptop|computer|pc)"),
    ("webform", r"(?:web|contact|enquiry|inquiry|lead) ?form|form (?:for|on) (?:our|the|my) (?:web ?)?site"),
    ("apikey", r"api(?: keys?)?|access key"),
    ("webhook", r"webhooks?|zapier|other (?:programs?|systems?|apps?)"),
    ("mute", r"(?:un)?mute|notifications?|pinging me|bother(?:ing)? me|notify me|quiet mode|do not disturb"),
    ("settings", r"settings?|preferences|quiet (?:hours|time)|time ?zone|language"),
    ("queue", r"queue|unassigned|nobody(?:'s| has) (?:taken|picked)|waiting (?:customers|people|requests)|on duty"),
    ("alarms", r"on fire|alarms?|red flags?"),
    ("report frt", r"(?:average |first |our )?(?:response|reply|answer) times?|slow(?:est)? to (?:answer|reply|respond)|how (?:fast|quick(?:ly)?|slow)\b.*\b(?:answer|reply|respond)|fast(?:est)? (?:to )?(?:answer|repl|respon)\w*"),
    ("sla", r"slas?|within (?:\d+|an?|one|two|half an) ?(?:h\w*|m\w*)|service levels?"),
    ("open", r"tickets?|open (?:cases|issues|requests|problems)|(?:waiting|unanswered|outstanding) (?:on me|requests?|customers?|messages?)|unanswered"),
    ("rule", r"rules?|automations?|automatic(?:ally)?|(?:if|when(?:ever)?|every time) (?:an?|any|some|our|the) .*(?:tell|alert|notify|ping|let|warn|assign|send)\b"),
    ("rule", r"(?:tell|alert|notify|ping|let|warn) (?:me|us)(?: know)? (?:if|when(?:ever)?|as soon as|every time)"),
    ("route", r"(?:go|goes|sent|routed?|assigned) (?:straight |first )?to|routing"),
    ("deputy", r"cover(?:s|ing)?|(?:stand(?:s|ing)? in|fill(?:s|ing)? in) for|deputy|deputies|backup person"),
    ("skills", r"skills?|(?:good|best|expert) (?:at|in|with)|speaks? (?:french|german|spanish|chinese|english)"),
    ("load", r"(?:max|maximum|at most|no more than|limit) .*(?:tickets|requests|cases)|workload"),
    ("myhours", r"i work\b|my (?:working )?hours|my shift"),
    ("hours", r"(?:opening|working|business|office|opening) (?:hours|times?)|(?:we are|we're|we) (?:open|closed)|closed on|what time do we (?:open|close)"),
    ("off", r"(?:i am|i'm|am) (?:off|away|out|on leave|on holiday)|day off|annual leave"),
    ("sight", r"see (?:everything|everyone|only|all|each other|their own|other people)|only see|who (?:can|may) see|visible|visibility|private"),
    ("members", r"works? (?:here|with us|for us)|staff|colleagues?|team ?mates?|everyone in the (?:firm|company|team)"),
    ("colleague", r"(?:add|invite|bring in|onboard) (?:my |our |the |more |other )?(?:team|people|colleagues?|staff|reps?|team ?mates?)|new (?:person|colleague|rep|member|starter|hire|employee|teammate)|(?:person|someone|somebody|member|colleague) to (?:the|our|my) team|join(?:s|ing)? (?:us|the team|our team)"),
    ("goal", r"targets?|quotas?|goals?|on track|how (?:close|far) .* (?:target|goal)"),
    ("week", r"week(?:ly)? (?:report|review|summary|overview)|(?:how's|how is|how are) (?:the team|everyone|everybody|we)(?: doing)?|team (?:doing|report|summary)"),
    ("daily", r"my (?:daily |day )?report|write (?:my|the|a) (?:daily |day )?report"),
    ("evening", r"(?:daily|evening|end of day) (?:summary|reports?|digest)|(?:send|give|post|get) (?:me |us )?(?:a |the )?(?:daily |evening )?(?:report|summary) (?:every|each|at|daily)"),
    ("top", r"best sellers?|top (?:sellers?|reps?|performers?|sales ?(?:man|men|people|person))|leader ?board|ranking|(?:sold|sells|selling|calls|called) (?:the )?most|who(?:'s| is) (?:winning|leading|ahead)|sales (?:this|last|so far|today|for the)|(?:our |total )?(?:sales|revenue|turnover)(?: figures| numbers)?"),
    ("funnel", r"conversion(?: rates?)?|win rate|hit rate|close rate|funnel"),
    ("pipeline", r"pipeline|deals?|closing (?:this|next|soon)|opportunit\w+|about to close"),
    ("approvals", r"(?:waiting|wait) for (?:an? |my )?approval|approvals?|sign(?:ed)? off"),
    ("approval", r"discounts?|(?:over|above|more than|beyond|exceed\w*|at most|up to) \d+ ?(?:%|percent) off"),
    ("quote", r"quot(?:e|ation)s?|price offer"),
    ("contract", r"contracts?|agreements?"),
    ("results", r"(?:bad|low|good|high|average|latest|new|recent) (?:scores?|ratings?)|scores?|ratings?|csat|nps|satisfaction|(?:last|latest|survey) (?:results|answers)|in the (?:last )?survey|(?:say|said|answered?) (?:in|to) (?:the|our) (?:last )?survey|feedback"),
    ("newsurvey", r"(?:new|create|make|write|build|another) (?:an? )?(?:survey|questionnaire|poll)"),
    ("survey", r"surveys?|questionnaires?|polls?"),
    ("themes", r"complain(?:ts?|ing)?(?: about| do we get)?|(?:common|usual|main) (?:problems?|issues?)|talking about|themes?|suggestions?"),
    ("trends", r"trends?|trending|more than usual|going up|increas\w+"),
    ("risk", r"about to leave|leav(?:e|ing) us|lose|losing|at risk|churn\w*|unhappy|might go|going cold"),
    ("potential", r"(?:up[- ]?sell|cross[- ]?sell|potential|promising|on the rise|growing)"),
    ("care", r"birthdays?|anniversar\w+"),
    ("holidays", r"(?:christmas|holiday|new year|easter|festival|seasonal) (?:cards?|greetings?|messages?|wishes)"),
    ("event", r"(?:open day|open house|event|webinar|workshop|party|seminar|trade show)s?"),
    ("push", r"(?:send|message|tell|text|email|mail) (?:all|every\w*|everyone with|the whole)\b.*|special offer|promotion|newsletter|mail ?shot|bulk (?:message|mail|text)"),
    ("campaign", r"campaigns?|mailings?"),
    ("article", r"articles?|case stud(?:y|ies)"),
    ("kb", r"faqs?|knowledge(?: base)?|polic(?:y|ies)|how do (?:we|i) do|(?:standard|saved) answers?"),
    ("sop", r"checklists?|procedures?|sops?|process for"),
    ("c", r"(?:canned|ready|quick|saved) (?:replies|answers|sentences|responses)"),
    ("duplicates", r"duplicates?|twice|double entries|same (?:customer|company|people|person)"),
    ("incomplete", r"(?:no|without(?: an?)?|missing(?: an?)?|lack\w*) (?:phone|e-?mail|address|number|contact|details?|info\w*)(?: numbers?)?|incomplete"),
    ("segment", r"segments?|saved (?:lists?|searches|groups?)"),
    ("leads", r"leads?|prospects?|enquir(?:y|ies)|inquir(?:y|ies)"),
    ("contacts", r"(?:should|need to|must|have to|do) i (?:call|ring|visit|contact|see|phone)|who(?:'s| is) (?:next|due)|(?:call|visit) next|due (?:a|for a) (?:call|visit)|what should i do"),
    ("promises", r"promis\w+|commitments?"),
    ("reminders", r"reminders?|alarms?"),
    ("today", r"my day|how busy am i|to-?dos?|tasks?|agenda|overdue|on my plate"),
    ("undo", r"undo|take (?:that|it) back"),
    ("members", r"roles?|permissions?|admin rights"),
    ("keep", r"gdpr|retention|how long .* (?:keep|kept|stored)"),
    ("status", r"(?:bot|system|service|server) (?:down|up|ok|working|running|status)"),
    ("tiers", r"tiers?|gold|platinum|vip level"),
    ("language", r"speak (?:english|chinese|mandarin)|in (?:english|chinese|mandarin)"),
    ("find", r"customers?|clients?|accounts?"),
)  # fmt: skip
"""In their order: what is named more exactly stands first."""
_RULES: Final = tuple((name, re.compile(rf"(?<![a-z])(?:{words})(?![a-z])", re.IGNORECASE)) for name, words in _ABOUT)
_ASKS: Final = re.compile(
    r"\W*(?:what|who|whose|which|how|is|are|any|anything|do (?:i|we)|have (?:i|we)|show|list|see|give|get|send me|pull|open|my|our|all|plan|write my|download|export|view|check)\b|.*\?\s*$",
    re.IGNORECASE,
)
_ORDERS: Final = re.compile(
    r"\W*(?:set|send|get|give|show|export|download|upload|import|make|create|turn|switch|change|stop|let|don't|do not|add|put|post|reply|answer|alert|tell|route|new|open|close|invite|i want|i need|i'd like|i have \d+|we have \d+|i work|i speak|i'm (?:good|off|away|on)|am|max(?:imum)?|at most|no more|if|when|whenever|only|reps?|our|we're|we are)\b",
    re.IGNORECASE,
)
"""How a line begins that is about the firm or the bot, and so no note on a customer."""
_SHORT: Final = 4
"""Words of which a line is a heading rather than a tale: "conversion rate"."""


def named(line: str) -> list[str]:
    """The commands that the line may mean, the likeliest first; customers only where it names nothing else."""
    found = [name for name, pattern in _RULES if pattern.search(line)]
    return [name for name in found if name != "find" or len(set(found)) == 1]


def asks(line: str) -> bool:
    return _ASKS.match(line) is not None or len(line.split()) <= _SHORT


def orders(line: str) -> bool:
    return _ORDERS.match(line) is not None or len(line.split()) <= _SHORT
