# ruff: noqa: E501 -- a rule is one line
"""What is written as a sum: figures with marks, codes and words of currencies, 万 and 亿, k and m, ranges."""

import re
from dataclasses import dataclass
from typing import Final

from flows.understanding.grammar import Book, Found, Rule
from flows.understanding.money.currencies import CODES, MARKS, SCALE, WORDS, either
from flows.understanding.numerals import SCALES, chinese, spelt
from flows.understanding.numerals import WORDS as NUMBERS
from flows.understanding.vocabulary import KINDS

_LATIN_WORDS: Final = [word for word in WORDS if word.isascii()]
_CHINESE_WORDS: Final = [word for word in WORDS if not word.isascii()]
_MARK: Final = rf"(?P<mark>(?<![a-z])(?:{either([m for m in MARKS if m[0].isalpha()])})(?![a-z])|[$€£¥￥₹₩฿₽₫₱₺])"
_CODE: Final = rf"(?<![a-z])(?P<code>{either(CODES)})(?![a-z])"
_PLAIN: Final = (
    r"(?:\d{1,2}(?:,\d{2}){1,3},\d{3}|\d{1,3}(?:[ ,.']\d{3}){1,5}(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,3})?|\.\d{1,2})"
)
_NUM: Final = rf"(?<![\d#])(?<!\d[.,])(?P<a>{_PLAIN})"
_NUM_B: Final = rf"(?P<b>{_PLAIN})"
_S: Final = rf"(?: ?(?P<s>{either(SCALE)})(?![a-z]))?"
_T: Final = rf"(?: ?(?P<t>{either(SCALE)})(?![a-z]))?"
_UNIT: Final = rf"(?P<unit>(?:{either(_LATIN_WORDS)})(?![a-z])|{either(_CHINESE_WORDS)}|[€£¥₹](?! ?\d))"
_TO: Final = r" ?(?:-|~|to|and|到|至|或) ?"
_EACH: Final = "[斤个台套件箱公份张只瓶盒桶袋条根片支米吨包次度粒颗]"
_WORD_NUM: Final = KINDS["n"][0]
_ONE_WORD: Final = either([*NUMBERS, *SCALES])
_SPELT: Final = rf"(?<![\d.,a-z])(?:(?:(?:a )?couple(?: of)?|several|a few) (?:hundred|thousand|million|billion)|(?:a quarter|three quarters|half) of an? (?:million|billion)|(?:a )?(?:quarter|half)(?: a)? (?:million|billion)|(?:an?|{_ONE_WORD}|\d{{1,4}})(?:(?:,? and |, |[ -])(?:a half|{_ONE_WORD}|point)(?![a-z])){{0,10}})"
_MONEY_NAMES: Final = (
    "人民币|港币|港元|港纸|美元|美金|欧元|英镑|日元|日币|澳元|澳币|加元|加币|新币|新台币|台币|韩元|韩币|泰铢|卢布"
)
_ZH: Final = r"(?<![\d.,a-z第#])(?<!\d[万亿千百])(?P<a>[0-9]{1,12}(?:,[0-9]{3})*(?:\.[0-9]{1,4})?|[零〇一二两三四五六七八九十百千万亿兆几数]{1,18})"
_ZH_SCALE: Final = r" ?(?P<s>[十百千]?万?亿|[十百千]?万|[千百]|兆|w(?![a-z/])|k(?![a-z]))?(?P<tail>[一二三四五六七八九1-9](?=千|百|$|[，。、 ,元块]|月[底末初]))?"
_NOT_UNIT: Final = (
    r"(?! ?(?:个|套|台|人|名|位|家|户|用户|件|箱|吨|次|条|份|张|辆|平|亩|公里|米|字|粉|门店|点位|席|坐席|终端|客户|员工|学生|设备|片|颗|支|瓶|盒|只|根|枚|粒|株|卷|桶|袋|斤|公斤|双|头|步|岁|倍|分之|像素|小时|天|年|月(?![底末初])|股|座|"
    r"run(?![a-z])|race|walk|marathon|seats|users|people|licen|units|pcs|employees|customers|contacts|records|rows|views|followers|downloads|hits|stores|devices|emails|miles|km|steps|students|members|visits|leads))"
)


@dataclass(frozen=True, slots=True)
class Sum:
    """What a rule about money yields, before its place is known."""

    amount: float
    amount_to: float | None
    currency: str | None


def amount_of(written: str) -> float:
    """1,234.50, 1.234,50, 1 234,50 and 1'234.50 are one amount; a lone group of three after a comma is thousands."""
    plain = written.replace(" ", "").replace("'", "")
    last = max(plain.rfind(","), plain.rfind("."))
    if last < 0:
        return float(plain)
    mark, tail = plain[last], plain[last + 1 :]
    both = "," in plain and "." in plain
    thousands = len(tail) == 3 and not both and (mark == "," or plain.count(".") > 1)
    if plain.count(mark) > 1 or thousands:
        return float(plain.replace(",", "").replace(".", "") if not both else plain.replace(mark, ""))
    head = plain[:last].replace(",", "").replace(".", "")
    return float(f"{head or '0'}.{tail}")


_DOTTED: Final = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""45.000, as half of Europe writes it: no sum has three decimals."""


def _worth(f: Found, number: str, scale: str) -> float:
    written = f.text(number)
    if not f.text(scale) and _DOTTED.fullmatch(written):
        return float(written.replace(".", ""))
    return amount_of(written) * SCALE.get(f.text(scale), 1)


def _currency(f: Found) -> str | None:
    if f.text("mark"):
        return MARKS[f.text("mark")]
    if f.text("code"):
        return WORDS[f.text("code")]
    unit = f.text("unit")
    return WORDS.get(unit) or MARKS.get(unit)


def _one(f: Found) -> Sum | None:
    cents = f.text("cents")
    more = float(cents) / 100 if cents else 0
    amount = _worth(f, "a", "s") + more
    return Sum(-amount if f.text("minus") else amount, None, _currency(f))


def _two(f: Found) -> Sum | None:
    """A range; a scale said once holds for both."""
    scale = f.text("s") or f.text("t")
    low = amount_of(f.text("a")) * SCALE.get(scale, 1)
    high = amount_of(f.text("b")) * SCALE.get(f.text("t") or scale, 1)
    return Sum(low, high, _currency(f)) if low < high else None


def _bare(f: Found) -> Sum | None:
    return Sum(_worth(f, "a", "s"), None, None)


_OWED: Final = re.compile(
    r"(?<![a-z])(?:balance|deposit|invoice|payment|fee|price|total|bill|budget|quote|quoted|paid|pay|owes?(?: us)?|costs?|worth|refund|retainer|instalment|down ?payment|remainder|credit note|offer|sum)(?: (?:of|is|was|for|at|around|about|approx))?(?: ?[:,(-])? ?$"
)


def _owed(f: Found) -> Sum | None:
    """A number with its thousands set apart, right behind what is paid."""
    return _bare(f) if _OWED.search(f.left(28)) else None


def _words(f: Found) -> Sum | None:
    amount = spelt(f.text("words"))
    if amount is None:
        return None
    amount *= SCALE.get(f.text("s"), 1)
    cents = KINDS["n"][1](f.text("cents")) / 100 if f.text("cents") else 0
    return Sum(amount + cents, None, _currency(f))


def _spelt_two(f: Found) -> Sum | None:
    """A scale said once, at the end, holds for both."""
    low, high = spelt(f.text("words")), spelt(f.text("top"))
    if low is None or high is None:
        return None
    scale = SCALE.get(f.text("s"), 1)
    shared = next((SCALES[word] for word in reversed(f.text("top").split()) if word in SCALES), 1)
    low *= shared if low < 1000 <= shared and low * shared < high else 1
    return Sum(low * scale, high * scale, _currency(f)) if low < high else None


def _cents(f: Found) -> Sum | None:
    """Of whatever currency the firm counts in; a penny is a British one."""
    amount = amount_of(f.text("a")) if f.text("a") else spelt(f.text("words"))
    return None if amount is None else Sum(amount / 100, None, "GBP" if f.text("p") else None)


def _mao(f: Found) -> Sum | None:
    """Small change with no 元 before it: 两毛五, 八毛钱一个."""
    mao, fen = chinese(f.text("a")), chinese(f.text("fen")) if f.text("fen") else 0
    return None if mao is None or fen is None else Sum(mao / 10 + fen / 100, None, "CNY")


def _zh_amount(f: Found, number: str, scale: str, tail: str = "") -> float | None:
    written = f.text(number).replace(",", "")
    factor = {"w": "万", "k": "千"}.get(f.text(scale), f.text(scale))
    spelt = written + factor
    if spelt.startswith("数"):
        spelt = ("1" if spelt[1:2] not in ("十", "百", "千") else "") + spelt[1:]
    value = chinese("3" + spelt[1:]) if spelt.startswith("几") else chinese(spelt)
    rest = f.text(tail) if tail else ""
    if value is not None and rest:
        value += (chinese(rest) or 0) * {"百": 10, "千": 100, "万": 1000, "亿": 1e7}.get(factor[-1:], 0)
    return value


def _zh_one(f: Found) -> Sum | None:
    value = _zh_amount(f, "a", "s", "tail")
    if value is None:
        return None
    for part, in_yuan in (("mao", 10), ("fen", 100), ("ling", 100)):
        value += (chinese(f.text(part)) or 0) / in_yuan
    return Sum(value, _top(f, value), _currency(f) or "CNY")


def _top(f: Found, value: float) -> float | None:
    """ "数十亿" and "十多" reach to the next round figure."""
    if f.text("a").startswith("数") or "多" in f.text("more"):
        return value * 10 if f.text("a").startswith("数") else value * 2 if value == 10 else None
    return None


def _zh_two(f: Found) -> Sum | None:
    """一百五到两百万: the scale at the end holds for both ends."""
    high = _zh_amount(f, "b", "t")
    own = f.text("s")
    low = _zh_amount(f, "a", "s") if own else chinese(f.text("a").replace(",", ""))
    if low is None or high is None:
        return None
    if not own and not re.search("[万亿]", f.text("a")):
        shared = f.text("t") or (re.search("[万亿]+$|[百千]$", f.text("b")) or [""])[0]
        factor = {"万": 1e4, "亿": 1e8, "千": 1e3, "千万": 1e7, "百万": 1e6, "十万": 1e5, "w": 1e4, "百": 100}.get(
            shared, 1
        )
        low *= factor if low * factor < high else 1
    return Sum(low, high, _currency(f) or "CNY") if low < high else None


def _zh_price(f: Found) -> Sum | None:
    """单价从65降到58: figures without a unit that a price goes from and to."""
    return _zh_bare(f) if "价" in f.left(24) else None


def _zh_bare(f: Found) -> Sum | None:
    return Sum(float(f.text("a")), None, "CNY")


def _zh_quoted(f: Found) -> Sum | None:
    value = chinese(f.text("a"))
    return Sum(value, None, "CNY") if value else None


def _about(f: Found) -> Sum | None:
    """ "四五千块" is from four to five thousand."""
    low, high = "一二三四五六七八九".index(f.text("p")) + 1, "一二三四五六七八九".index(f.text("q")) + 1
    factor = chinese("一" + f.text("s")) if f.text("s") else 1
    return Sum(low * factor, high * factor, _currency(f) or "CNY") if high == low + 1 and factor else None


_FORMAL: Final = str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十")


def _formal(f: Found) -> Sum | None:
    """The figures of cheques and contracts: 肆佰叁拾万圆整."""
    value = chinese(f.text("a").translate(_FORMAL))
    return Sum(value, None, _currency(f) or "CNY") if value else None


_ZB: Final = r"(?P<b>[0-9]{1,12}(?:,[0-9]{3})*(?:\.[0-9]{1,4})?|[零〇一二两三四五六七八九十百千万亿]{1,16})"
_ZT: Final = r" ?(?P<t>[十百千]?万?亿|[十百千]?万|[千百仟]|w(?![a-z/]))?"
_ABOUT_MONEY: Final = r"(?:(?<=budget )|(?<=budget of )|(?<=budget is )|(?<=budget: )|(?<=quote )|(?<=quoted )|(?<=price )|(?<=deal )|(?<=worth )|(?<=for )|(?<=at )|(?<=pay )|(?<=paid )|(?<=around )|(?<=about )|(?<=arr )|(?<=acv )|(?<=tcv )|(?<=of )|(?<=to )|(?<=is )|(?<=~)|(?<=value )|(?<=spend ))"
RULES: Final = Book((
    Rule(rf"(?<![一二三四五六七八九十])(?P<p>[一二三四五六七八九])(?P<q>[一二三四五六七八九])(?P<s>[十百千]?万|[十百千])?(?P<unit>{either(_CHINESE_WORDS)})", _about, "四五千块", "4000-5000 CNY"),
    Rule(rf"{_MARK} ?{_NUM}{_S}", _one, "quoted $45k", "45000 USD"),
    Rule(rf"{_MARK} ?{_NUM} ?(?P<wan>[万亿])(?!元)", lambda f: Sum(amount_of(f.text("a")) * {"万": 1e4, "亿": 1e8}[f.text("wan")], None, _currency(f)), "$38万", "380000 USD"),
    Rule(rf"{_MARK}(?P<minus>-){_NUM}{_S}", _one, "refund $-450", "-450 USD"),
    Rule(rf"{_CODE} ?(?:{_MARK} ?)?{_NUM}{_S}", _one, "EUR 20.5 a seat", "20.5 EUR"),
    Rule(rf"{_CODE} ?{_NUM}{_S}{_TO}{_NUM_B}{_T}", _two, "USD 90-100k", "90000-100000 USD"),
    Rule(rf"{_CODE} ?{_NUM} ?(?P<wan>[万亿])(?!元)", lambda f: Sum(amount_of(f.text("a")) * {"万": 1e4, "亿": 1e8}[f.text("wan")], None, _currency(f)), "RMB 5万", "50000 CNY"),
    Rule(rf"{_MARK} ?{_NUM},? (?:and )?(?P<cents>\d{{1,2}}) ?(?:cents?|c)(?![a-z])", _one, "$9 and 50 cents", "9.5 USD"),
    Rule(rf"{_NUM}{_S} ?{_UNIT}(?:,? (?:and )?(?P<cents>\d{{1,2}}) ?(?:cents?|c)(?![a-z]))?", _one, "about 30k usd", "30000 USD"),
    Rule(rf"{_NUM} ?(?P<s>m|k|bn)(?P<code>usd|eur|gbp|cny|rmb)(?![a-z])", _one, "5 musd", "5000000 USD"),
    Rule(rf"{_NUM} ?{_CODE} (?P<s>million|billion|thousand|k|m)(?![a-z])", _one, "75 USD million", "75000000 USD"),
    Rule(rf"{_NUM}{_S} ?(?P<mark>[$])(?! ?\d)", _one, "just 10 $", "10 USD"),
    Rule(rf"{_NUM}{_S} ?(?P<mark>us\$|a\$|c\$|hk\$|s\$)", _one, "just 10 US$", "10 USD"),
    Rule(rf"{_MARK} ?{_NUM}{_S}{_TO}(?:[$€£¥] ?)?{_NUM_B}{_T}(?! ?cents)", _two, "between $10k and $15k", "10000-15000 USD"),
    Rule(rf"{_NUM}{_S}{_TO}{_NUM_B}{_T} ?{_UNIT}", _two, "10-15k usd", "10000-15000 USD"),
    Rule(rf"{_NUM}{_TO}{_NUM_B} ?(?P<t>k|million|mil|mn|m)(?![a-z]){_NOT_UNIT}", _two, "budget is 10-15k", "10000-15000"),
    Rule(rf"{_ABOUT_MONEY}{_NUM} ?(?P<s>m|mm|b|bn)(?![a-z]){_NOT_UNIT}", _bare, "deal of 1.2m", "1200000"),
    Rule(r"(?:(?<=outstanding )|(?<=overdue )|(?<=unpaid )|(?<=owed )|(?<=short by )|(?<=invoiced )|(?<=billed )|(?<=charged )|(?<=charged them )|(?<=billed them )|(?<=paid )|(?<=paid us )|(?<=balance )|(?<=balance of )|(?<=owes us )|(?<=quoted )|(?<=deposit of )|(?<=came in at )|(?<=comes in at )|(?<=priced at )|(?<=settled at )|(?<=agreed at )|(?<=order for )|(?<=invoice for )|(?<=po for )|(?<=po of )|(?<=order of )|(?<=total )|(?<=total of )|(?<=amount of )|(?<=refund of )|(?<=credit of )|(?<=payment of )|(?<=fee of )|(?<=price of )|(?<=bill of )|(?<=invoice of )|(?<=rebate of )|(?<=cheque for )|(?<=refund them )|(?<=amount is ))(?P<a>\d{1,3}(?:,\d{3})+|\d{4,7})(?!\d|[.,]\d| ?(?:k|m|%|units?|pcs|pieces|seats?|users?|boxes|hours?|days?|people|usd|eur|gbp|cny|rmb|dollars?|pounds?|euros?|yuan|[万元块])(?![a-z]))", lambda f: Sum(amount_of(f.text("a")), None, None), "paid the outstanding 1,950", "1950"),
    Rule(r"(?:(?<=[a-z\d] @ )|(?<=[a-z\d] @))(?P<a>\d{1,3}(?:,\d{3})+(?:\.\d\d?)?|\d{1,6}\.\d\d?|\d{3,6}|2[5-9]|[3-9]\d)(?![\d%:/]| ?(?:[ap]m|h|k|m|%|hrs|usd|eur|gbp|cny|rmb|dollars?|pounds?|euros?|yuan|cents?|[万元块])(?![a-z]))", _bare, "22 doors @ 185", "185"),
    Rule(r"(?<![\d.,@$€£¥#-])(?P<a>\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d{3,7}(?:\.\d\d)?)(?= ?(?:\+|plus|ex(?:cl)?\.?|inc(?:l)?\.?) ?(?:vat|gst|tax)(?![a-z]))", _bare, "sent, 31,750 + vat", "31750"),
    Rule(r"(?<![\d.,@$€£¥#-])(?P<a>\d{1,3}(?:,\d{3})+(?:\.\d\d)?)(?= (?:all[- ]in|in total|total|altogether|overdue|outstanding|unpaid|owed|owing|now instead|instead of|per (?:year|annum|month)|a (?:year|month))(?![a-z]))", _bare, "yes to it, 2,300 all in", "2300"),
    Rule(r"(?<![\d.,@$€£¥#-])(?<!@ )(?P<a>\d{1,3}(?:,\d{3})+(?:\.\d\d)?|\d{3,6}(?:\.\d\d)?|\d{1,2}\.\d\d|\d{1,2}(?=/(?:seat|user|head|licen[cs]e)))(?= ?/ ?(?:mo|mth|month|yr|year|pcm|seat|user|head|licen[cs]e)(?![a-z])| ?(?:pcm|p/m|p/a)(?![a-z]))", _bare, "a lease, 1,250/mo", "1250"),
    Rule(r"(?<![\d.,@$€£¥#-])(?<!@ )(?P<a>\d{1,3}(?:,\d{3})+|\d{1,6}\.\d\d|\d{3,6})(?= (?:each|apiece|ea)(?![a-z]))", _bare, "6 arms, 4100 each", "4100"),
    Rule(r"(?<![\d.,@$€£¥#-])(?P<a>\d{1,3}(?:,\d{3})+(?:\.\d\d)?)(?= ?(?:$|[,.;)!?]| (?:due|by|on|to|in|is|was|paid|came|will|and|but|before|next|today|tomorrow|yesterday)(?![a-z])))", _owed, "the balance (7,900) is due", "7900"),
    Rule(rf"{_NUM} ?(?P<s>k|million|grand|mil)(?![a-z]){_NOT_UNIT}", _bare, "they can spend 80k", "80000"),
    Rule(rf"(?P<words>{_SPELT})(?: (?P<s>grand))? {_UNIT}(?: and (?P<cents>{_WORD_NUM}) cents?)?", _words, "half a million dollars", "500000 USD"),
    Rule(rf"(?P<words>{_SPELT}) (?:to|or) (?P<top>{_SPELT}) ?(?:(?P<s>grand) ?)?{_UNIT}", _spelt_two, "ten to twelve thousand dollars", "10000-12000 USD"),
    Rule(rf"(?P<words>{_SPELT}) (?P<s>grand)(?![a-z])", _words, "a hundred and twenty grand", "120000"),
    Rule(rf"{_NUM} ?(?:cents|(?P<p>pence))(?![a-z])", _cents, "12.5 cents a bag", "0.125"),
    Rule(rf"(?P<words>{_SPELT}) (?:cents|(?P<p>pence))(?![a-z])", _cents, "sixty cents a bag", "0.6"),
    Rule(rf"(?<![\d.一二三四五六七八九十百千万块元])(?P<a>[一二两三四五六七八九1-9])[毛角](?:(?P<fen>[一二三四五六七八九1-9])分?|钱|(?=一{_EACH}|[，。、,;； ]|$))(?![二三四五六七八九十百千万]|一(?!{_EACH}))", _mao, "两毛五一个", "0.25 CNY"),
    Rule(rf"{_ZH}{_ZH_SCALE} ?(?P<more>多|余|来)?(?P<unit>{either(_CHINESE_WORDS)})(?:(?P<mao>[0-9一二两三四五六七八九])(?:[毛角]|(?<=块.)(?=包邮)|(?<=块.)(?![0-9二三四五六七八九十百千万亿个台套人块元点月日号折年成箱件间吨平米只瓶盒张条位斤桶袋卷根片支组份批单票车柜趟次盘包天]|一(?!{_EACH})))(?:(?P<fen>(?!一{_EACH})[0-9一二三四五六七八九])分?(?![0-9一二三四五六七八九十百千万亿个台套人块元点月日号折]))?|零(?P<ling>[一二三四五六七八九]))?(?!子|头|级|件|素|月|旦|宵|片|具|模|把|头|(?<=块)[电屏板硬地牌蛋石表显内芯主面砖布玻钢木样])", _zh_one, "报价45万元", "450000 CNY"),
    Rule(r"(?<![\d.,a-z第#])(?P<a>[0-9]{1,8}(?:\.[0-9]{1,4})?|[一二两三四五六七八九十百千几][零一二两三四五六七八九十百千几]{0,8}) ?[来多余]?(?P<s>[十百千]?[万亿]|[w](?![a-z/]))(?P<tail>[一二三四五六七八九1-9](?![百千十万亿\d.%个台套人]))?(?:多|左右|出头)?(?!一(?!年|个?月|天|季|套|台|件|吨|张|箱|次|间|个|位|人|平)|分之|能|物|里|级|事|不|无|[零二两三四五六七八九十百千](?!月|号|日|点|年|周|天|个月|季))" + _NOT_UNIT, _zh_one, "谈到120万", "1200000 CNY"),
    Rule(r"(?<![\d.,a-z第#零一二两三四五六七八九十百千万亿])(?P<a>(?:\d{1,5}|[一二两三四五六七八九十百千][零一二两三四五六七八九十百千]{0,7})[万亿](?:零?[1-9一二两三四五六七八九][千百十万][零一二两三四五六七八九十百千万]{0,8}|零[一二三四五六七八九]))(?:多|左右|出头)?(?![一\d分能物])" + _NOT_UNIT, _zh_one, "谈到三万五千", "35000 CNY"),
    Rule(rf"(?<![\d一二三四五六七八九十百千万亿])(?P<unit>{_MONEY_NAMES}) ?(?P<a>[0-9]{{1,12}}(?:,[0-9]{{3}})*(?:\.[0-9]{{1,4}})?|[零一二两三四五六七八九十百千万亿]{{1,16}}){_ZH_SCALE}(?:元|块钱?|圆)?整?(?![\d零一二两三四五六七八九十百千万亿月号日点折%])" + _NOT_UNIT, _zh_one, "港币八千", "8000 HKD"),
    Rule(r"(?<![\d.,a-z第#零一二两三四五六七八九十百千万亿])(?P<p>[一二三四五六七八九])(?P<q>[一二三四五六七八九])(?P<s>[十百千]?[万亿])(?:左右|出头)?(?!一|分之|能|物|里)" + _NOT_UNIT, _about, "三四十万", "300000-400000 CNY"),
    Rule(r"(?<![\d.,])(?P<a>\d{1,7}(?:\.\d{1,2})?)(?= ?(?:降|涨|减|调|让|压|提|改|谈)整?[到至成为])", _zh_price, "单价由65涨到多少", "65 CNY"),
    Rule(r"(?<=[降涨减调让压提改谈整][到至成为])(?P<a>\d{1,7}(?:\.\d{1,2})?)(?![\d,.]| ?(?:[万亿元块%折成个点号日月年]|usd))", _zh_price, "单价降到58", "58 CNY"),
    Rule(r"(?<![\d.,])(?P<a>\d{2,9}(?:\.\d{1,2})?)(?=一(?:年|个?月|天|[台套件吨平位张箱桶袋瓶盒支根卷米条只份斤包片块]|公斤|个(?!月)))", _zh_bare, "9800一年", "9800 CNY"),
    Rule(rf"(?<![\d零一二两三四五六七八九十百千万亿第])(?P<a>[一二两三四五六七八九][千百][一二三四五六七八九])(?=一(?:{_EACH}|年|个月|天))", _zh_quoted, "四千八一套", "4800 CNY"),
    Rule(r"(?<![\d.,第a-z])(?P<a>\d{1,3})(?P<s>[千百])(?P<tail>[1-9])(?=$|[，。、,;； ]|左右|元|块|一[台套个件年张])", _zh_one, "报3千8", "3800 CNY"),
    Rule(r"(?<![\d.,第])(?P<a>\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九十几]{1,3})个(?P<s>亿)", _zh_one, "谈了1.5个亿", "150000000 CNY"),
    Rule(rf"{_ZH}{_ZH_SCALE} ?(?P<word>欧|镑)(?![洲姆美盟式派标版系亚])", lambda f: Sum(value, None, {"欧": "EUR", "镑": "GBP"}[f.text("word")]) if (value := _zh_amount(f, "a", "s", "tail")) else None, "六万欧", "60000 EUR"),
    Rule(r"(?<![\d.,第])(?P<a>\d{1,3}(?:\.\d)?|[一二两三四五六七八九]) ?(?P<s>[千百])(?=的?(?:定金|订金|货款|尾款|押金|预付款|首付|保证金|服务费|运费|红包))", _zh_one, "8千定金", "8000 CNY"),
    Rule(r"(?<![\d.,第])(?P<a>\d{3,9})(?=的?(?:定金|订金|货款|尾款|押金|预付|首付|保证金|服务费|运费|红包))", _zh_bare, "先交5000定金", "5000 CNY"),
    Rule(r"(?:(?<=[每一][天台套个件间吨箱平米只瓶盒张条人位斤桶袋支根卷份包片次桌晚课户亩])|(?<=收了|花了|赔了|扣了|罚了|到账|到帐|尾款|回款|货款|定金|订金|收款|收到|付了|打了|转了|交了|退款|欠款|报价|首付)|(?<=费用|单价|价格|金额|合计|收费|运费|租金|工费|样费|修费|件费|务费|计费|装费)|(?<=单价)|(?<=总价)|(?<=均价)|(?<=人均))(?:是|为|才|要|报|抵|补|返|赔|收|:)? ?(?P<a>\d{1,3}(?:,\d{3})+|\d{2,9}(?:\.\d{1,2})?)(?![\d,.]| ?(?:[万亿元块%折个台套件年月日号点w吨箱平米只瓶盒张条人位斤桶袋支根卷份包片次公]|usd))", _zh_bare, "每台4500", "4500 CNY"),
    Rule(r"(?:(?<=报价)|(?<=报了)|(?<=出价)|(?<=开价)|(?<=砍到)|(?<=降到)|(?<=涨到)|(?<=谈到)|(?<=单价)|(?<=总价)|(?<=均价)|(?<=定金)|(?<=订金)|(?<=押金)|(?<=余款)|(?<=欠款)|(?<=货款)|(?<=奖金)|(?<=工资)|(?<=月薪)|(?<=罚款)|(?<=补贴)|(?<=尾款)|(?<=首付)|(?<=运费)|(?<=租金)|(?<=预算)|(?<=付了)|(?<=收了)|(?<=花了)|(?<=打了)|(?<=转了)|(?<=收到)|(?<=到账)|(?<=回款)|(?<=一共)|(?<=总共)|(?<=合计))(?:是|为|才|要|大概|大约|约|差不多|:)? ?(?P<a>[一二两三四五六七八九][百千](?:零?[一二两三四五六七八九](?:百[一二三四五六七八九]?|十[一二三四五六七八九]?)?){0,2})(?![百千万亿一二三四五六七八九十个台套人位家户件箱吨次条份张辆亩米只片瓶盒支根卷桶袋斤公双头组批副盘颗粒棵株字页天年月小分]|多?[个台套人件箱吨条份张辆])", _zh_quoted, "报价八千五", "8500 CNY"),
    Rule(rf"{_ZH}{_ZH_SCALE} ?(?:{either(_CHINESE_WORDS)})? ?(?:-{{1,2}}|~|到|至) ?{_ZB}{_ZT} ?(?:多|余|来)?(?P<unit>{either(_CHINESE_WORDS)})", _zh_two, "3到5万元", "30000-50000 CNY"),
    Rule(rf"(?P<a>[壹贰叁肆伍陆柒捌玖拾][壹贰叁肆伍陆柒捌玖拾百千万亿零]{{1,16}})(?P<unit>{either(_CHINESE_WORDS)})?整?", _formal, "肆佰叁拾万圆整", "4300000 CNY"),
    Rule(rf"{_ZH}{_ZH_SCALE} ?(?:-|~|到|至) ?(?P<b>[0-9]{{1,8}}(?:\.[0-9]{{1,4}})?|[一二两三四五六七八九十百千]{{1,8}}) ?(?P<t>[十百千]?[万亿]|[w](?![a-z/]))" + _NOT_UNIT, _zh_two, "一百五到两百万", "1500000-2000000 CNY"),
))  # fmt: skip
