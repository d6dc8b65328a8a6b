# ruff: noqa: E501 -- a rule is one line
"""How a promise is put in English: one line a form, tried in this order, each with its example."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.promises.fits_en import (
    Setting,
    always,
    due,
    due_from_others,
    due_from_us,
    from_them,
    is_a_thing,
    is_about_us,
    is_not_asked,
    is_ours,
    is_quoted,
    is_still_to_do,
    is_theirs,
    nobody_before,
    timed,
    timed_from_them,
)
from flows.understanding.promises.forms import By, Way
from flows.understanding.promises.words_en import (
    ASKS,
    BULLET,
    DELIVER,
    DELIVERING,
    MAKE_GOOD,
    NO_DELIVERY,
    THEM_SUBJECT,
    THINGS,
    US_SUBJECT,
    WISHES,
)

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


PAPERS: Final = r"(?:back |over )?(?:the |a |an |their |his |her |signed |formal |first |down )*(?:po|purchase order|payment|deposit|remittance|signature|countersigned|signed|redlines)(?![a-z])"
"""What only a customer sends."""
_US: Final = r"(?<![a-z])" + US_SUBJECT + r" (?:also |then |just )?(?P<what>(?:" + DELIVER + r")(?![a-z]).*)"

NOT_SENT: Final = "they have not sent it"

FORMS: Final = (
    Rule("them", NOT_SENT, lazy(r"(?<![a-z])(?:hasn't|hasnt|has not|haven't|havent|have not|didn't|didnt|still not|never|not yet|yet to) (?:yet )?(?:sent?|returned?|delivered?|gave|given?|provided?|shared?)(?: us| me| back| over)? (?P<what>(?:the|his|her|their|that) [^,.;]{2,40}?)(?= (?:that )?(?:he|she|they) (?:promised|said|owes?|agreed)(?![a-z]))"), "jo hasn't sent the specs she promised", always),
    Rule("them", "they will let us know", lazy(r"(?<![a-z])(?P<what>let (?:me|us) know(?! (?:if|when|whether|how|what))|(?:come|get) back to (?:me|us)|revert to (?:me|us))(?![a-z]).*"), "Jo: will let us know by friday", always, is_not_asked),
    Rule("them", "we asked them for it", lazy(r"(?<![a-z])(?:asked|asking|waiting|chasing|chased)(?: (?:him|her|them|[a-z]+))? for (?P<what>(?:his|her|their) .*)"), "asked for his thoughts by friday", due),
    Rule("them", "theirs follows", lazy(r"(?<![a-z])(?P<what>(?:po|purchase order|payment|deposit|signature|remittance|decision|approval|signed (?:copy|contract|agreement))(?: number| no\.?)?) (?:to follow|follows|will follow|to come|coming|on its way)(?![a-z])"), "po number to follow tomorrow", timed),
    Rule("them", "we need theirs", lazy(r"(?<![a-z])(?:need|want|waiting (?:for|on)|awaiting) (?P<what>(?:[a-z]+'s|his|her|their) (?:[a-z]+ )?(?:sign-?off|approval|signature|decision|answer|confirmation|po|purchase order|payment|feedback|input|verdict|ok|go-ahead|comments|forecast|data|numbers|figures|(?:[a-z]+ )?(?:list|address|details|info|documents|docs|paperwork|specs?|drawings|forms?|photos|measurements|logo|certificate|bank details|artwork|schedule|plans?|dates?))(?![a-z]).*)"), "need his sign-off by friday", timed),
    Rule("them", "we need it from them", lazy(r"^[ ]*(?:(?:i|we|still|also|just) )*need (?P<what>(?:[a-z0-9-]+ ){1,5}(?:back )?from (?!(?:us|me|our|my|here)(?![a-z]))[a-z].*)"), "need the signed copy from karen by friday", timed),
    Rule("us", "it is promised", lazy(BULLET + r"(?P<what>(?:[a-z]+ ){0,2}[a-z]+) (?:promised (?:for|by|on|within)|to follow(?! from (?:him|her|them|their))) ?"), "samples to follow on friday", timed, is_a_thing),
    Rule("us", "we are on it", lazy(BULLET + r"(?:also |then |now |am |i'm |we're )?(?P<what>(?:sending|resending|e-?mailing|posting|fixing|checking with|invoicing|replacing|arranging|dispatching|sharing|preparing|drafting|forwarding|shipping|" r"delivering|submitting|getting (?:them|him|her|it)|revising|finali[sz]ing|updating)(?![a-z]) (?!by|was|is|" + PAPERS + r").*)"), "sending pricing tomorrow", timed),
    Rule("them", "it comes from them", lazy(r"(?P<what>(?:[a-z]+ ){0,2}[a-z]+) (?:to follow|to come|coming|due|expected|owed)(?: (?:back|over))? from (?:him|her|them|their side|their end)(?![a-z])"), "drawings to follow from them on friday", always, is_a_thing),
    Rule("them", "theirs comes back signed", lazy(BULLET + r"(?:the |their |a )?(?P<what>(?:[a-z]+ ){0,2}(?:" + THINGS + r"|forms?|copy|agreement|msa|po|paperwork|papers) (?:(?:is |comes |coming |will come |should come |to come |should be )?back (?:to (?:us|me)|over|here|in)|(?:is |will be |to be |should be )?(?:counter)?signed(?: and returned| and back)?)(?: (?:counter)?signed)?)(?= *(?:by|before|on|tomorrow|tonight|next|this|mon|tue|wed|thu|fri|$))(?! on (?:the )?(?:spot|site|way))"), "contract back to us by friday", timed),
    Rule("us", "we promised it", lazy(r"(?:^|(?<![a-z])(?:i|we|i've|we've) )[ ]{0,2}promised (?P<what>it|this|that|them)(?= by| before| for| on|" r" to (?:him|her|them)|[ ]*$)"), "promised it by friday", timed),
    Rule("us", "we owe", lazy(r"(?:^[ ]*|(?<![a-z])(?:i|we) )(?:still )?owe (?:them|him|her|[a-z]+) (?P<what>(?:an?|the|some)? ?\w.*)"), "i owe them a quote", always),
    Rule("them", "they expect it back", lazy(r"(?<![a-z])(?:expects?|expecting|hopes? for|hoping for|aims? for) (?P<what>(?:it|them|this|that|these) (?:back|in|out|over|signed|done|ready|approved|sorted|finished|through|cleared|released|returned)(?![a-z]).*)"), "she expects it back on friday", timed),
    Rule("them", "they expect word from their own", lazy(r"(?<![a-z])(?!i |we )[a-z]+ (?:expects?|expecting|is expecting|hopes for|is hoping for) (?P<what>(?:legal |board |the |an? |his |her |their |final |full |internal )*(?:approval|sign-?off|redlines|comments|decision|go-?ahead|green light|verdict|budget approval|signature)(?! from us).*)"), "Jo expects sign-off on friday", timed),
    Rule("them", "it will be paid", lazy(r"(?<![a-z])(?P<what>(?:the |their |first |full |final |remaining )*(?:payment|po|purchase order|signature|" r"approval|decision|advance|cheque|deposit|funds?|remittance|money|balance|transfer|wire|bank transfer)) (?:goes out|will be|is to be|to be|gets|coming|arriving|" r"expected|due in|will get|should be|is being|will come|is coming|will arrive|should come|should arrive|will go|should land|will land|lands|should be (?:here|in|with us)|clears|should clear|should hit|should go) ?(?:[a-z]+ )*"), "payment will come on friday", timed),
    Rule("them", "the invoice will be paid", lazy(r"(?P<what>invoices?(?: (?:no\.? ?)?#?[\w-]{0,40}\d+)?(?: (?:for|of) [$€£¥]?[\d.,]+k?(?: [a-z]{3})?)? (?:gets?|will be|will get|to be|is being|is going to be|should be) paid)(?![a-z])"), "invoice 7 gets paid on friday", timed),
    Rule("them", "in their words", lazy(_US), 'Sarah Chen: "we will send it', always, is_quoted),
    Rule("us", "we have until then", lazy(r"(?:^[ ]*(?=have|got)|(?<![a-z])(?:i|we|(?:our|my) [a-z]+))(?:'ve| ?has| ?have|'ve got| ?got| has got| ?have got)? ?(?:until|till|til) (?:[a-z0-9]+ ){1,4}to (?P<what>\w.*)"), "we've got until friday to answer", timed),
    Rule("them", "they have until then", lazy(r"(?<![a-z])(?:(?:he|she|they|[a-z]+)(?:'s got|'s| has got| has|'ve got|'ve| have| had| got)|(?:gave|given|giving) (?:him|her|them|[a-z]+)) (?:until|till|til) (?:[a-z0-9]+ ){1,4}to (?P<what>\w.*)"), "she's got until friday to comment", timed),
    Rule("us", "we will", lazy(_US), "i'll send the deck", always, is_ours),
    Rule("us", "we told them", lazy(r"(?<![a-z])(?:told|promised|assured) (?:him|her|them|[a-z]+(?: [a-z]+)?)(?: that)? (?:(?:i|we|someone|somebody|an? [a-z]+|the [a-z]+|our [a-z]+|it)(?:'d|'ll| would| will)|(?:they|he|she)(?:'d|'ll| would| will)(?= (?:have|get|receive|see)(?![a-z]))) (?P<what>(?!call|ring|phone|meet|visit|speak)[a-z]+ .*)"), "told her we'd have an answer by friday", due),
    Rule("us", "we will make it good", lazy(r"(?<![a-z])(?:" + US_SUBJECT + r"|told (?:him|her|them|[a-z]+)(?: that)? (?:i'd|we'd|i'll|we'll|i would|we would)) (?<!asked if i can )(?<!asked if we can )(?<!asked if i could )(?<!asked if we could )(?:also |then |just )?(?P<what>(?:" + MAKE_GOOD + r")(?![a-z]).*)"), "i told mike we'd waive the fee", always, is_ours),
    Rule("us", "we will by then", lazy(r"(?<![a-z])(?:i'll|i will|we'll|we will|i'd|we'd|i said i'd) (?P<what>(?!" + NO_DELIVERY + r")[a-z]+ .*)"), "i'll spin up the sandbox on friday", timed),
    Rule("us", "we will look and", lazy(r"(?<![a-z])(?:i'll|i will|we'll|we will|i'd|we'd|i must|we must) (?:think|check|look|talk|speak|discuss|see|ask|go)(?![a-z])[^.,;]{0,30} and (?P<what>(?:" + DELIVER + r")(?![a-z]).*)"), "i will think and tell her", always),
    Rule("us", "we will check", lazy(r"(?<![a-z])(?:i'll|i will|we'll|we will|i'd|we'd) (?P<what>check|find out|look|ask|(?:check|find out|clarify|verify|confirm)(?: [a-z]+){1,2})[ ]*$"), "i'd check", always),
    Rule("us", "we do it by then", lazy(r"^[ ]*(?:and |so |then |but )?(?:i|we) (?P<what>(?!" + NO_DELIVERY + r"|(?:had|got|were|was|did|agreed|are|can|could|said|told|promised|asked|missed|lost|won|met|spoke|hope|expect|owe|close|start|have)(?![a-z]))[a-z]+(?<!ed)(?: [a-z]+){0,4}) (?=by|before|no later)"), "we import by wednesday", due),
    Rule("us", "ours will be ready", lazy(r"(?<![a-z])our (?P<what>(?:[a-z-]+ ){1,3}(?:will be|should be|is|are) (?:ready|up|live|available|done))(?![a-z])"), "our sandbox will be ready on friday", timed),
    Rule("us", "they get it", lazy(r"(?<![a-z])(?!i |we |you |it |who )[a-z]+ gets? (?P<what>(?:the|an?|our|his|her|their) (?:[a-z]+ ){0,2}(?:" + WISHES + "|" + THINGS + r")(?![a-z])(?! (?:approved|signed|from|back|through)).*)"), "jo gets the quote on friday", timed),
    Rule("us", "we do it first", lazy(r"^[ ]*(?:and |so |then |but )?(?:i|we) (?P<what>(?:" + DELIVER + r")(?![a-z]).*?)(?= (?:first|right after|straight ?away|right away|after that|afterwards|in return|beforehand)[ .!]*$)"), "i send her a sketch first", always),
    Rule("them", "and sends it then", lazy(r"^[ ]*(?:and |then |but )?(?P<what>(?:sends|signs|returns|pays|confirms|provides|delivers|issues) (?!off |up |by )(?:[a-z'$€£\d]).*)"), "jo reviews it and sends comments on friday", timed_from_them),
    Rule("us", "we let them know", lazy(r"^[ ]*(?:and |so |then |must |please |pls )*(?P<what>let (?:him|her|them) know)[ .!]*$"), "let her know", always),
    Rule("us", "we do both", lazy(r"^[ ]*(?:and |so |then |but )?(?:i|we) (?P<what>review|check|sign|price|draft|revise|update|quote|fix|prep|test|approve|print|pack)[ ]*$"), "i review", always),
    Rule("them", "their lawyers give it back", lazy(r"^[ ]*(?:and |will be |is |should be |due |expect it |expected )?(?P<what>back from (?:their|his|her|the|legal|procurement|finance|purchasing)(?: [a-z]+)?)(?![a-z])"), "back from their lawyers on friday", timed),
    Rule("them", "it will be settled", lazy(r"(?<![a-z])(?:it|that|this|they|both|all)(?:'ll| will|'s going to| should) (?P<what>be (?:all )?(?:settled|paid|transferred|wired|cleared|released|approved|signed|countersigned)(?![a-z]).*)"), "jo wrote it'll be settled on friday", timed),
    Rule("us", "ours is due", lazy(BULLET + r"(?:and |but )?our (?P<what>(?:[a-z-]+ ){0,2}[a-z-]+?)(?: is| are)? due(?! (?:back|to us|from|for|diligence))"), "our answer is due on friday", timed),
    Rule("us", "we do it then", lazy(r"^[ ]*(?:and |so |then |but )?(?:i|we) (?P<what>(?!start(?![a-z]))(?:" + DELIVER + r")(?![a-z]).*)"), "i answer him on monday", timed),
    Rule("them", "they give us", lazy(r"^[ ]*(?:and |so |then |but )?(?!i |we |can |could |would |will |please |pls )[a-z][\w'.-]{0,40}(?: [a-z][\w'.-]{0,40})? (?P<what>(?:gives?|sends?|provides?|shares?|returns?|delivers?|shows?|ships?|pays?|gets?|lets?) (?:us|me|it back|them back)(?![a-z]).*)"), "they give us the keys on friday", timed),
    Rule("us", "we come back with it", lazy(r"(?<![a-z])(?:follow(?:ing)?[- ]?up|get(?:ting)? back|circl(?:e|ing) back|revert(?:ing)?)(?: (?:to|with) (?:him|her|them))? (?:with|w/?) (?P<what>(?:the |an? |our |some )?(?:[a-z]+ ){0,2}(?:" + WISHES + "|" + THINGS + r")(?![a-z]).*)"), "following up with answers by friday", timed),
    Rule("them", "they pick by then", lazy(r"^[ ]*(?:and |so |then |but )?they (?P<what>(?:pick|choose|select|decide|sign|pay|confirm|approve|send|revert|answer)(?![a-z]).*)"), "they pick by friday", due),
    Rule("them", "somebody sends by then", lazy(r"^[ ]*(?:and |so |then |but )?(?!i |we )[a-z][\w'.-]{0,40}(?: [a-z][\w'.-]{0,40})? (?P<what>(?:sends|signs|pays|returns|provides|confirms|decides|replies|picks|approves|reverts|issues|delivers)(?![a-z]).*)"), "jo returns the form by friday", due),
    Rule("them", "somebody signs then", lazy(r"^[ ]*(?:and |so |then |but )?(?:(?!i |we )[a-z]+ (?:says?|said|reckons|thinks) )?(?!(?:need|needs|want|wants|get|got|no|i|we|he|she|they|it|their|his|her|our|my|the|who|which|that)(?![a-z]))[a-z][\w'.-]{0,40}(?: [a-z][\w'.-]{0,40})? (?P<what>(?:signs|decides|pays|confirms|returns|approves|sends(?! (?:his|her|their|its)? ?(?:regards|love|best|greetings|thanks|apologies))|delivers|provides|supplies|issues|reviews|e?mails (?:it|them|us|me|the|his|her))(?![a-z]).*)"), "jo signs tomorrow", timed),
    Rule("them", "back to us then", lazy(r"^[ ]*(?:and |will be |is )?(?P<what>back to (?:me|us)(?: with [a-z ]+)?)(?![a-z])"), "back to me friday", timed),
    Rule("us", "we are doing it", lazy(r"(?<![a-z])(?:i'm|i am|im|we're|we are) (?P<what>(?:" + DELIVERING + r")(?![a-z]) .*)"), "i'm getting back to them on friday", timed),
    Rule("us", "we promised some", lazy(r"(?<![a-z])(?:i|we|i've|we've|i have|we have|have) (?:promised|offered|committed to|agreed to|guaranteed)(?: (?:him|her|them|[a-z]+(?: [a-z]+)?))? (?P<what>(?:an?|the|some|another|new|full|free|\d+) (?!call|visit|meeting|demo).*)"), "i've promised a breakdown", always),
    Rule("them", "they owe a sum", lazy(r"(?<![a-z])(?:they|he|she|(?!i |we )[a-z]+) (?:still )?owes? (?P<what>(?:[$€£¥] ?)?\d[\w.,]{0,40}.*)"), "they still owe 6k", always),
    Rule("them", "they owe us", lazy(r"(?<![a-z])(?!i |we )[a-z][\w'.-]{0,40} (?:still )?(?:owes?|owed) (?:me|us) (?P<what>(?:an?|the|some|their|his|her)? ?\w.*)"), "jo owes me a user list", always),
    Rule("us", "we promised somebody some", lazy(r"^[ ]*(?:promised|offered|guaranteed) [^\W\d][\w'.-]{0,40}(?: (?!(?:an?|the|some|another)(?![a-z]))[a-z][\w'.-]{1,40}){0,3}(?: (?:at|from|@) [^\W\d][\w'.&-]{0,40}(?: [a-z][\w'.&-]{1,40})?)? (?P<what>(?:an?|the|some|another|\d+) (?!call|visit|meeting|demo(?! unit)).*)"), "promised tom a loan unit", always, is_about_us),
    Rule("us", "we promised they would", lazy(r"(?<![a-z])promised(?: (?:him|her|them))?(?: that)? (?P<what>(?:they|it|this|these|those|everything|" r"the [a-z]+)(?:'d|'ll| would| will) .*)"), "promised they'd be there by friday", due_from_us, nobody_before),
    Rule("us", "our people will", lazy(r"(?<![a-z])(?:our|my) (?:[a-z]+ ){1,3}?(?:will|is going to|are going to|can|should|has to|have to|is|are|to)(?: be)? (?P<what>(?:" + DELIVER + "|" + DELIVERING + r")(?![a-z]).*)"), "our engineer will fix it", always),
    Rule("us", "we are to have it done", lazy(r"(?<![a-z])" + US_SUBJECT + r" (?P<what>(?!" + NO_DELIVERY + r"|be |call |have (?:an? |the )?(?:call|meeting|demo|visit))[a-z]+ .*)"), "need to knock up a quote by friday", due, is_ours),
    Rule("us", "we will have it", lazy(r"(?:^[ ]*|(?<![a-z])(?:i|we) )(?:will|'ll|should|must|need to) (?P<what>have .*)"), "should have drawings ready by friday", due_from_us, nobody_before),
    Rule("us", "promised by us", lazy(r"^[ ]*promised (?P<what>(?!to |me |us |it |this |that |them |him |her )\w.*)"), "promised drawings by friday", due_from_us),
    Rule("us", "it is to be done", lazy(BULLET + r"(?P<what>(?:[a-z]+ ){0,2}[a-z]+ (?:(?:must|has to|have to|needs? to|should) go (?:out|over)|(?:to|must|has to|have to|needs? to) be (?:done|live|ready|complete|[a-z]+(?:ed|t|n)))(?: [a-z]+)?)(?![a-z])"), "flights to be booked by friday", due, is_a_thing),
    Rule("us", "it has to be there", lazy(r"(?<![a-z])(?:needs?|has|have|must)(?: to)? (?P<what>be (?:there|here|on site|with (?:him|her|them)|in place|ready|done|delivered|installed|shipped|fixed|sorted|sent|out)(?![a-z]).*)"), "must be there by friday", due),
    Rule("us", "they want it done then", lazy(r"(?<![a-z])(?:wants?|needs?|wanted|needed) (?P<what>(?!to |us |me )(?:[\w'-]{1,40} ){0,6}?(?:re-?sent|sent|shipped|delivered|fixed|redone|cleaned|repainted|painted|relaid|refitted|rewired|retested|recalibrated|replaced|repaired|quoted|updated|changed|corrected|re-?issued|reprinted|collected|split|re-?billed|installed|serviced|calibrated|expedited)(?![a-z])(?: back| out| over| up)?)"), "she needs the invoice resent today", always),
    Rule("us", "it goes to them", lazy(BULLET + r"(?:the |our |an? )?(?P<what>(?:[a-z]+ ){0,2}[a-z]+) (?:over |across |back |off )?(?:to|with) (?:him|her|them|the (?:client|customer))(?![a-z])"), "drawings to them by friday", due, is_a_thing),
    Rule("us", "a paper goes to them", lazy(BULLET + r"(?:the |our |an? |new |revised |updated )*(?P<what>(?:[a-z]+ ){0,2}(?:" + THINGS + "|" + WISHES + r"|certs?|keys|forms?|links?|files?|photos|pictures|badges|measurements) (?:over |across |back |off )?(?:to|with) (?:him|her|them|the (?:client|customer)))(?![a-z])"), "photos to her today", timed),
    Rule("us", "its deadline is ours", lazy(r"(?:on the hook for|responsible for|deadline (?:for|on)(?: is)?) (?P<what>(?:our |my |the |an? )?\w.*)"), "on the hook for drawings by friday", timed),
    Rule("them", "we expect it", lazy(r"^[ ]*(?:i'm |we're )?(?:expecting|awaiting|hoping for|should (?:get|receive|hear)|waiting (?:on|for)(?! (?:us|me|our|my))) (?P<what>\w.*)"), "expecting their po by friday", due),
    Rule("them", "their people do", lazy(r"(?<![a-z])(?:their|his|her) [a-z]+ (?P<what>(?:signs?|decides?|approves?|pays?|confirms?|sends?|places?|releases?)(?: off)?(?![a-z]).*)"), "their cfo signs off on friday", timed),
    Rule("them", "they will", lazy(r"(?<![a-z])" + THEM_SUBJECT + r" (?:also |then |probably |likely |hopefully )?(?P<what>(?:" + DELIVER + r")(?![a-z]).*)"), "she will send the contract", always, is_theirs),
    Rule("them", "they are on it", lazy(r"(?<![a-z])(?!i |we |it |what|that|there|here|all )[a-z]+(?:'s|'re| is| are) (?P<what>(?!asking (?:for|if|about|whether|us|me|to|when|how)(?![a-z]))(?:" + DELIVERING + r"|raising|signing off|getting|sorting)(?![a-z]).*)"), "they're raising the po on friday", timed),
    Rule("them", "theirs to do by then", lazy(r"^[ ]?(?!(?:" + THINGS + "|" + WISHES + r") to )(?!ours )(?!(?:send|give|bring|deliver|write|post|ship|pay|need|want|going|have|has|had|like|try|tried|ask|asked|remember|forgot|due|up|back|next|got|able|happy|keen|ready|here|how|what|when|where|us|me|i|we|and|then|also|want|wants|needs|told|sent|called|went|came|come|get|go|report|revert|reply|respond|look|talk|speak|listen|write)(?![a-z]))[a-z][\w'.-]{1,40}(?: (?!(?:wants?|wanted|needs?|has|have|had|is|was|asked|hopes?|likes?|loves?|agreed|tried|due|happy|keen|ready|able|going|used|refused|rather|back|over|through|on)(?![a-z]))[a-z][\w'.-]{1,40})? to (?P<what>(?!(?:him|her|them|us|me|our|my|their|will|mark|grace)(?![a-z]))(?!(?:be|have|call|ring|meet|visit|speak|talk|see|discuss|come)(?![a-z]))[a-z]+ .*)"), "david to pick a colour by monday", due),
    Rule("them", "they are buying", lazy(BULLET + r"(?:and |so )?(?P<what>(?:ordering|buying|placing|signing|paying|sending(?= (?:us|me|it back) | " + PAPERS + r"))(?![a-z]) (?!by|was|is).*)"), "ordering 400 units next week", timed),
    Rule("them", "they promised some", lazy(r"(?<![a-z])(?:promised|promises)(?: us| me)? (?P<what>(?:an? |the |their |some )?(?:[a-z]+ )?(?:" + WISHES + r"|feedback|decision|reply|payment|po|order|signature|update|news|forecast|delivery|slot)(?![a-z]).*)"), "Anna promised feedback next friday", timed_from_them),
    Rule("them", "and will", lazy(r"^[ ]{0,2}(?:and )?(?:will|'ll) (?P<what>(?:" + DELIVER + r")(?![a-z]).*)"), "Sarah Chen likes it, and will pay on friday", timed_from_them),
    Rule("them", "will confirm", lazy(r"^[ ]{0,2}(?:and |but |so )?will (?P<what>(?:confirm|revert|advise|decide|reply|respond|let (?:me|us) know|(?:get|come) back)(?![a-z]).*)"), "Jo likes it, will confirm", from_them),
    Rule("them", "they will by then", lazy(r"(?<![a-z])(?:he|she|they)(?:'ll| will) (?P<what>(?!" + NO_DELIVERY + r"|(?:expand|grow|open|start)(?![a-z]))[a-z]+ .*)"), "they'll measure up on friday", timed),
    Rule("them", "they promised it by then", lazy(r"(?<![a-z])(?:promised|promises)(?: us| me)? (?P<what>(?!to |it |this |that |them |him |her )\w.*)"), "jo promised payment by friday", due_from_others),
    Rule("them", "they promised to", lazy(r"(?<![a-z])(?:promised|promises|agreed|committed)(?: us| me)? to (?P<what>(?:" + DELIVER + r"|have|be|move|buy)(?![a-z]).*)"), "jo agreed to buy", always),
    Rule("them", "they promised", lazy(r"(?<![a-z])(?:promised|promises|agreed|committed)(?: us| me)? (?P<what>an? (?:answer|decision|reply|response|" r"signature|payment|po|signed)\b.*)"), "jo promised an answer", always),
    Rule("us", "they want", lazy(r"(?<![a-z])(?:" + ASKS + r")" r"(?: us to (?:send|provide|share|deliver|prepare))? " r"(?:to (?:see|get|have|receive) )?(?P<what>(?!out(?![a-z]))(?:an?|the|our|some|another|updated?|revised|new|final|more|\d+|two|three)? ?(?:(?!to )[a-z0-9'&-]+ ){0,4}?" r"(?:" + WISHES + r")(?![a-z])(?! (?:approval|approved|sign-?off|signed off|held|kept|frozen|fixed|to stay)).*)"), "jo wants a quote", always, way=Way.WANTED),
    Rule("us", "it is due", lazy(BULLET + r"(?:and |also |so |our |the |an? )*(?P<what>(?:(?:formal|revised|new|final|updated|full|written|detailed|firm|draft|signed off|proper|best|amended) ){0,2}(?:" + THINGS + r")" r"(?: (?:to|for) (?:him|her|them|us|[a-z]+))?)(?: (?:is|are|was))?(?: (?:due|needed|required|expected|to go out|" r"to be sent|to be (?:with|at) [a-z]+))*(?: (?:over |across )?(?:to|with|for|at) (?:him|her|them|[a-z]+(?: [a-z]+)?))?(?: (?:by|before|due|on|" r"no later than))? ?.{0,30}$"), "revised quote by friday", due),
    Rule("us", "it is due then", lazy(BULLET + r"(?:and |also |so |our |the |an? )*(?P<what>(?:[a-z]+ ){0,2}(?:" + THINGS + r"))(?: (?:is|are|was))? (?:due|owed|promised|needed)(?: (?:to|with|for|at) (?!us(?![a-z]))[a-z]+)?(?! (?:from|back|in from)(?![a-z])) ?.{0,24}$"), "deck due to her tonight", timed),
    Rule("us", "it is due to them", lazy(BULLET + r"(?:and )?(?:the |our |an? )?(?P<what>(?:[a-z]+ ){0,2}[a-z]+) (?:is |are )?(?:due|owed|promised) (?:back )?to (?:him|her|them)(?![a-z])"), "files due to her on friday", timed, is_a_thing),
    Rule("us", "we tell them by then", lazy(BULLET + r"(?:and |so |please |pls |must )*(?P<what>(?:tell|answer|let|give|show|pay|invoice) (?:him|her|them|[a-z]+)(?: [a-z]+)?)(?= (?:by|before|no later) )"), "tell her by friday", due),
    Rule("us", "it goes by mail", lazy(BULLET + r"(?:then |and |please |pls )*(?P<what>e-?mail (?:over |across )?(?:(?!re |about )[a-z'-]+ ){0,3}?(?:" + WISHES + "|" + THINGS + r")(?![a-z]).*)"), "email brochure tomorrow", always),
    Rule("us", "they ask for it by then", lazy(r"(?<![a-z])(?:can|could) (?:we|you|u) (?P<what>(?:" + DELIVER + r"|have|do)(?![a-z]).*)"), "jo: can we get 5 more by friday", due),
    Rule("us", "it is to be done by then", lazy(BULLET + r"(?:also |then |please |pls |must )?(?P<what>deliver|ship|send|submit|finish|complete|reply|respond|answer|confirm|pay|return|decide)(?= (?:it |them |her |him )?(?:by|before|no later) )"), "deliver by the 27th", due),
    Rule("them", "they owe it by then", lazy(BULLET + r"(?P<what>(?:(?:the|their|first|full|final|advance|down|remaining|balance|part|second) ){0,2}(?:payment|po|purchase order|deposit|balance|rest(?= due)|remainder(?= due)|other half(?= due)|remittance|transfer|cheque|signature|decision|sign-?off|approval|verdict|feedback))(?! (?:plan|term|link|schedule)).{0,12}(?: by| before| due)?[ ]{0,2}(?=$| (?:by|before) |.{0,20}$)"), "advance payment 50% by monday", due),
    Rule("them", "it comes then", lazy(r"^[ ]*(?:(?!i |we )[a-z'.]+ (?:says?|said|thinks?|reckons?|promises?|hopes?|expects?)(?: the| their)? )?(?:and |so |the |their |a |signed |formal |first |final )*(?P<what>po|purchase order|payment|deposit|signature|sign-?off|decision)(?! (?:was|is|received|made|came|arrived|paid|done|number|no|terms?|plan|link|in(?! (?:\d+|an?|two|three|four|five|six|ten) (?:days?|weeks?|wks?|months?))|from|to|for|on|of|landed|signed|issued|process|team|sent)(?![a-z]))(?: (?:coming|due|expected|follows|promised))? (?!.{20})[^,]*$"), "po this afternoon", timed),
    Rule("them", "it comes back", lazy(r"(?<![a-z])(?P<what>(?:[a-z]+ ){0,1}[a-z]+(?:'s)? (?:coming (?:back|over|in)|(?:is |are )?on (?:its|their|the) way(?! (?:back|home|there|to|out|over|through))))(?![a-z]).*"), "redlines coming back on thursday", timed),
    Rule("them", "it is due to us", lazy(r"(?P<what>(?:[a-z]+ ){0,2}[a-z]+) (?:is |are )?due (?:back )?(?:in from|to us|from (?:them|him|her|us)|back)(?![a-z])"), "artwork due back to us on friday", timed),
    Rule("us", "it goes out then", lazy(BULLET + r"(?:the |our |a )?(?P<what>(?:[a-z]+ ){0,1}(?:" + THINGS + r")|(?:[a-z0-9]+ ){1,3}(?:ones?|[a-z]{2,}(?<!s)s(?<!kicks)(?<!takes)(?<!signs)(?<!pays)(?<!runs)(?<!turns)(?<!hands)(?<!works)(?<!drops)(?<!puts))) (?:out|over|off|(?:go(?:es)?|going|to go) (?:out|over|off)|(?:leaves?|leaving|ships?|shipping)(?: (?:here|us|today))?)(?: to (?:him|her|them|[a-z]+))?(?![a-z])(?! of)"), "contract out on friday", timed, is_a_thing),
    Rule("us", "ours to do by then", lazy(BULLET + r"(?:and )?(?:us|me|ours) to (?P<what>(?!" + NO_DELIVERY + r")[a-z]+(?: .*|[ ]*$))"), "me to price by friday", timed),
    Rule("them", "they chase theirs", lazy(r"(?<![a-z])(?:he|she|they)(?:'ll| will| is going to| are going to) (?P<what>chase (?:up )?(?:the|their|his|her|for the|it up) ?.*)"), "she'll chase the po", always),
    Rule("them", "decides by then", lazy(BULLET + r"(?:and |but )?(?P<what>(?:decides|signs|confirms|replies|reverts|pays|chooses)(?![a-z]).*)"), "decides by friday", due),
    Rule("them", "somebody sending it then", lazy(r"^[ ]*(?:and |so |but )?(?!(?:i|we|start|keep|try|stop|finish|about|still|not|be|now|also|just|am|are|by|after|before|when|while|without|consider|hates?|loves?|likes?|am|i'm|we're|then|will|pls|please|today|tomorrow|our|my|me|us)(?![a-z]))[a-z][\w'.-]{0,40}(?: [a-z][\w'.-]{0,40})? (?P<what>(?:sending|signing|paying|returning|raising|approving|confirming|placing|ordering|transferring|shipping back)(?![a-z]) .*)"), "jose sending the po by friday", timed),
    Rule("them", "they do it then", lazy(r"(?<![a-z])(?<!if )(?<!unless )(?<!once )(?<!when )(?<!until )(?<!after )(?:he|she|they) (?P<what>(?:signs?|decides?|confirms?|pays?|delivers?|picks?|votes?)(?![a-z]).*)"), "jo likes it and she signs on friday", timed),
    Rule("them", "somebody brings it then", lazy(r"(?<![a-z])(?!i |we )[a-z][\w'.-]{0,40}(?: from [a-z]+)?(?: will|'ll|'s going to| is going to) (?P<what>(?:bring|supply|lend|collect|pick up|drop off|pass on|lay on|free up)(?! (?:him|her|them|it up)) .*)"), "jo will bring the keys on friday", timed),
    Rule("us", "ours to do", lazy(BULLET + r"(?:and )?(?:us|me) to (?P<what>(?:" + DELIVER + r")(?![a-z]).*)"), "us to send the price list", always),
    Rule("them", "they need their own people's word", lazy(r"(?<![a-z])(?:needs?|wants?|needed|has to get|gets|getting|waiting (?:for|on)) (?P<what>(?:(?:an?|the|his|her|their|our|final|internal|formal|[a-z]+'s|[a-z]+) ){0,3}(?:approval|sign-?off|buy-?in|go-?ahead|green light|blessing|say-so)(?![a-z])(?! from (?:us|me)).*)"), "she needs cfo sign-off by friday", due),
    Rule("us", "they want it by then", lazy(r"(?<![a-z])(?:wants?|needs?|wanted|needed|asked(?: us| me)? for|requires?|expects)(?! to(?! (?:have|get|receive|" r"see|know|hear)))(?: to (?:have|get|receive|see|know|hear))? (?P<what>(?!(?:us|me) to)\w.*)"), "she needs the keys by friday", due),
    Rule("us", "to do", lazy(BULLET + r"(?:also |then |please |pls |must |asap:? )?(?P<what>(?!start|run |sign |order (?:of|for \d|size|value|book|likely|volume)|[a-z]+ (?:no\.? ?|nr\.? ?|#)?\d{3,}(?! [a-z]+s(?![a-z])))(?:" + DELIVER + r")(?![a-z])(?!\s*$| (?:by(?! [^,.;]{1,20} (?:whether|if|what|when|how|which|about|re)(?![a-z]))|valid|stands|holds|expires|was|is|from|in|pencil+ed|booked|scheduled|planned|confirmed|date|due|went|goes|moved|team|sent|accepted|rejected|done|ready|expected|received|delayed|shipped|cancelled|placed|approved|signed|needed|quer(?:y|ies)|issues?|disputes?|numbers?|no|copy|errors?|still|overdue|unpaid|outstanding)(?![a-z])).*)"), "send the deck", always, is_still_to_do),
)  # fmt: skip
