"""The short form of a filter means this CEL."""

from __future__ import annotations

import cel
import pytest

from flows.segments.short import Known, Misread, bare, to_cel

KNOWN = Known("Bob", ("Bob", "Ann Lee", "王芳"), {"machine_model": "text", "staff": "number", "expires": "date"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("customers who spend over 10k a year", "value > 10000"),
        ("年采购额超过10万", "value > 100000"),
        ("年采购额不到50万", "value < 500000"),
        ("acme", 'find("acme")'),
        ("acme robotics", 'find("acme robotics")'),
        ("tier:B", 'tier == "B"'),
        ("tier:b", 'tier == "B"'),
        ("tier:A,B", '(tier == "A" || tier == "B")'),
        ("tier=B industry=auto", 'tier == "B" && industry == "auto"'),
        (
            "tier:B industry:auto silent:>30d bought:A<30d",
            'tier == "B" && like(industry, "auto") && silent > 30 && bought("A", 30)',
        ),
        ("bought:A<30d viewed:B tag:vip", 'bought("A", 30) && viewed("B") && "vip" in tags'),
        ("bought:A>90d", '(bought("A") && !bought("A", 90))'),
        ("bought:*", 'bought("")'),
        ("silent:30d", "silent >= 30"),
        ("silent>2w", "silent > 14"),
        ("silent:<=1m", "silent <= 30"),
        ("added:7d", "added <= 7"),
        ("value:>300k", "value > 300000"),
        ("value:>=30万", "value >= 300000"),
        ("value:300,000..1m", "value >= 300000 && value <= 1000000"),
        ("score:<50", "score < 50"),
        ("#vip -#lost", '"vip" in tags && !("lost" in tags)'),
        ("not tier:C", '!(tier == "C")'),
        ("-acme", '!(find("acme"))'),
        ("tier:A or #vip", '(tier == "A") || ("vip" in tags)'),
        ("owner:me", 'owner == "Bob"'),
        ("owner:ann", 'owner == "Ann Lee"'),
        ('owner:"Ann Lee"', 'owner == "Ann Lee"'),
        ("owner:none", 'owner == ""'),
        ("tag:none", "size(tags) == 0"),
        ("stage:warning", 'stage == "warning"'),
        ("step:deep-talk", 'step == "talk"'),
        ("phone:8000", 'find("8000")'),
        ("reachable:no", "!reachable"),
        ("machine_model:x200", 'like(machine_model, "x200")'),
        ("MACHINE_MODEL=X200", 'machine_model == "X200"'),
        ("staff:>=50", "staff >= 50"),
        ("expires:<2026-06", 'expires < "2026-06"'),
        ("等级:A 地区:上海 沉默:>30天", 'tier == "A" && like(place, "上海") && silent > 30'),
        ("负责人：王芳 标签：展会", 'owner == "王芳" && "展会" in tags'),
        ("阶段:流失预警 或 金额:>100万", '(stage == "warning") || (value > 1000000)'),
        ("王芳的客户", 'owner == "王芳"'),
        ("A级客户 30天没联系", 'tier == "A" && silent > 30'),
        ("上海的A级客户", 'find("上海") && tier == "A"'),
        ("超过2周未跟进的客户", "silent > 14"),
        ("tier B silent for 30 days", 'tier == "B" && silent > 30'),
        ("customers in Shanghai", 'like(place, "Shanghai")'),
        ("without owner", 'owner == ""'),
        ("acme tier:B", 'find("acme") && tier == "B"'),
        ('tier == "B" && silent > 30', 'tier == "B" && silent > 30'),
        ("", ""),
    ],
)
def test_it_means(typed: str, meant: str) -> None:
    found = to_cel(typed, KNOWN)
    assert found == meant
    assert not found or cel.compile(found)


@pytest.mark.parametrize("typed", ["silent:soon", "value:>lots", "score:high", "expires:soon", "bought:A<3x"])
def test_what_it_cannot_read_it_says(typed: str) -> None:
    with pytest.raises(Misread):
        assert to_cel(typed, KNOWN) == "nothing"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("acme inc", "acme inc"),
        ("8000", "8000"),
        ("华为", "华为"),
        ("#vip", ""),
        ("acme tier:B", ""),
        ("a:b", "a:b"),
        ("http://x.y/", "http://x.y/"),
        ('"or"', "or"),
    ],
)
def test_words_alone_are_looked_up_by_fitness(typed: str, words: str) -> None:
    assert bare(typed, KNOWN) == words
