"""Who is in the demo firm and who its customers are: invented, with numbers and addresses that belong to nobody."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of the demo firm."""

    name: str
    role: str
    language: str


@dataclass(frozen=True, slots=True)
class Firm:
    """A customer with one contact; tags and source as a rep would have noted them."""

    name: str
    contact: str
    title: str
    tags: str
    source: str
    language: str


NAME = "Northwind Tools 北风工具"
OWNER = Colleague("陈静", "owner", "zh")
MANAGER = Colleague("Maya Patel", "manager", "en")
REP = Colleague("Sam Carter", "rep", "en")
REP_ZH = Colleague("王磊", "rep", "zh")
COLLEAGUES = (OWNER, MANAGER, REP, REP_ZH)

_ENGLISH = """
Acme | Li Wei | Purchasing | hot expo | expo
Globex | Dana Brooks | Operations | quote | website
Initech | Peter Gibson | IT | signed | referral
Umbrella Foods | Rosa Diaz | Plant manager | food | expo
Stark Components | Tony Reyes | Engineering | auto hot | website
Wayne Logistics | Lucy Fox | Warehouse | logistics signed | referral
Hooli Devices | Gavin Bell | Procurement | electronics | cold call
Vandelay Imports | Art Lane | Owner | import | website
Soylent Kitchens | Ella Thorn | Buyer | food quote | expo
Tyrell Optics | Rachel Moss | Quality | optics | website
Cyberdyne Controls | Miles Dyer | Automation | auto | referral
Wonka Packaging | Charlie Reed | Packaging | food signed | expo
Duff Beverages | Barney Cole | Production | food | cold call
Gekko Metals | Gordon Hale | Purchasing | metal quote | website
Bluth Homes | Lindsay Funk | Projects | building | referral
Dunder Paper | Pam Halper | Office | paper signed | website
Oceanic Freight | Kate Austen | Fleet | logistics | expo
Massive Dynamics | Nina Sharp | Research | electronics hot | referral
Pied Piper Storage | Jared Dunn | Operations | storage | website
Sterling Cooling | Joan Harris | Facilities | building | cold call
Aperture Glass | Caroline Day | Lab | optics | expo
Black Mesa Steel | Isaac Kline | Works | metal signed | referral
Nakatomi Trading | Joe Takagi | Trade | import | website
Prestige Motors | Tess Logan | Service | auto | expo
Monarch Textiles | Hank Doyle | Production | textile quote | website
Virtucon Plastics | Frances Boyd | Moulding | plastic | cold call
Zorin Sensors | Max Stone | Sales | electronics | referral
Weyland Tools | Ellen Park | Workshop | metal hot | expo
Rekall Travel | Doug Quinn | Office | service | website
Octan Energy | Emmet Brick | Stations | energy signed | referral
"""

_CHINESE = """
华为 | 张伟 | 采购 | 重点 展会 | 展会
鼎盛科技 | 陈晨 | 总经理 | 老客户 | 老客户介绍
云帆科技 | 刘洋 | 运营 | 意向强 | 官网
宏图机械 | 赵敏 | 生产 | 汽配 报价 | 展会
瑞丰食品 | 孙丽 | 采购 | 食品 | 电话
天成物流 | 周杰 | 仓储 | 物流 已签 | 官网
东方纺织 | 吴芳 | 厂长 | 纺织 | 展会
华盛电子 | 郑凯 | 工程 | 电子 意向强 | 官网
金鹏汽配 | 冯涛 | 采购 | 汽配 | 老客户介绍
星光照明 | 褚娟 | 市场 | 照明 报价 | 展会
恒信建材 | 卫强 | 项目 | 建材 | 电话
百川化工 | 蒋雪 | 安全 | 化工 | 官网
长江造船 | 沈波 | 设备 | 造船 已签 | 展会
蓝海软件 | 韩冰 | 研发 | 软件 | 官网
国泰仪器 | 杨光 | 质检 | 仪器 老客户 | 老客户介绍
新希望农业 | 朱琳 | 采购 | 农业 | 电话
明德教育 | 秦岚 | 校长 | 教育 | 官网
安康医疗 | 许诺 | 设备 | 医疗 意向强 | 展会
顺达运输 | 何平 | 车队 | 物流 | 电话
优品家居 | 吕萌 | 店长 | 家居 | 官网
博雅文化 | 施文 | 策划 | 文化 | 老客户介绍
广源能源 | 孔亮 | 项目 | 能源 报价 | 展会
大有粮油 | 曹颖 | 采购 | 食品 已签 | 电话
晨曦光电 | 严峰 | 工程 | 电子 | 官网
万象包装 | 华梅 | 生产 | 包装 | 展会
中科精密 | 金鑫 | 技术 | 仪器 意向强 | 官网
泰和药业 | 魏然 | 采购 | 医疗 | 老客户介绍
利民超市 | 陶红 | 店长 | 零售 | 电话
远景风电 | 姜楠 | 运维 | 能源 | 展会
锦绣服饰 | 戚薇 | 设计 | 纺织 老客户 | 官网
"""


def customers() -> list[Firm]:
    """All of them, English and Chinese in turns, so that recent ones are of both kinds."""
    both = zip(_read(_ENGLISH, "en"), _read(_CHINESE, "zh"), strict=True)
    return [firm for pair in both for firm in pair]


def _read(table: str, language: str) -> list[Firm]:
    rows = ([part.strip() for part in line.split("|")] for line in table.strip().splitlines())
    return [Firm(name, contact, title, tags, source, language) for name, contact, title, tags, source in rows]
