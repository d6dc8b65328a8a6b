"""How currencies are marked, coded and called, and the words that make a figure larger."""

import re
from collections.abc import Iterable
from typing import Final

MARKS: Final = {
    "us$": "USD", "usd$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD", "cad$": "CAD", "cdn$": "CAD",
    "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "sg$": "SGD", "nt$": "TWD", "r$": "BRL", "rm": "MYR", "rs.": "INR",
    "rs": "INR", "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "₹": "INR", "₩": "KRW", "฿": "THB",
    "₽": "RUB", "₫": "VND", "₱": "PHP", "₺": "TRY",
}  # fmt: skip
CODES: Final = [
    "usd", "eur", "gbp", "cny", "rmb", "jpy", "hkd", "aud", "cad", "chf", "sgd", "inr", "krw", "twd", "nzd", "thb",
    "myr", "idr", "vnd", "php", "brl", "mxn", "rub", "try", "zar", "sek", "nok", "dkk", "pln", "czk", "huf", "ils",
    "aed", "sar", "qar", "kwd", "egp", "bgn", "ron", "uah", "ars", "clp", "cop", "pen", "dem",
]  # fmt: skip
WORDS: Final = {
    **dict.fromkeys(("dollars", "dollar", "bucks", "buck", "us dollars", "us dollar"), "USD"),
    **dict.fromkeys(("u.s. dollars", "american dollars", "美元", "美金", "美刀", "刀"), "USD"),
    **dict.fromkeys(("euros", "euro", "欧元"), "EUR"),
    **dict.fromkeys(("pounds", "pound", "sterling", "british pounds", "quid", "英镑"), "GBP"),
    **dict.fromkeys(
        ("yuan", "renminbi", "chinese yuan", "kuai", "元人民币", "人民币", "元整", "元", "块钱", "块", "圆", "蚊"),
        "CNY",
    ),
    **dict.fromkeys(("yen", "japanese yen", "日元", "日币"), "JPY"),
    **dict.fromkeys(("rupees", "rupee", "卢比"), "INR"),
    **dict.fromkeys(("hong kong dollars", "港币", "港元", "港纸"), "HKD"),
    **dict.fromkeys(("australian dollars", "australian dollar", "澳元", "澳币"), "AUD"),
    **dict.fromkeys(("canadian dollars", "canadian dollar", "加元", "加币"), "CAD"),
    **dict.fromkeys(("singapore dollars", "singapore dollar", "新元", "新币"), "SGD"),
    **dict.fromkeys(("swiss francs", "swiss franc", "瑞士法郎"), "CHF"),
    **dict.fromkeys(("won", "韩元", "韩币"), "KRW"),
    **dict.fromkeys(("新台币", "台币"), "TWD"),
    **dict.fromkeys(("卢布", "rubles", "roubles"), "RUB"),
    **dict.fromkeys(("泰铢", "baht"), "THB"),
    **dict.fromkeys(("ringgit", "ringgits", "malaysian ringgits", "马币"), "MYR"),
    **{code: "CNY" if code == "rmb" else code.upper() for code in CODES},
}
SCALE: Final = {
    "k": 1e3, "thousand": 1e3, "grand": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "mil": 1e6, "mio": 1e6, "million": 1e6,
    "millions": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
    "w": 1e4, "hundred": 100,
}  # fmt: skip


def either(words: Iterable[str]) -> str:
    """A pattern for any of them, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
