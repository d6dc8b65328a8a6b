# ruff: noqa: SIM905, E501 -- lists of words read better as words
"""How people shorten a name: a given name, a firm's first word, a Chinese firm without what it makes or is."""

from __future__ import annotations

import re
from typing import Final

from store.pinyin import is_chinese

TRADES: Final = tuple(
    """
    公司 集团 科技 银行 电子 机械 物流 医疗 软件 食品 网络 实业 汽车 电器 通讯 通信 重工 能源 地产 传媒 教育 生物 制药 保险 证券 医院 大学 酒店 智能 化工 服饰 贸易 资本 股份 半导体 光电 新能源
    印刷 五金 建材 家具 家居 服装 纺织 鞋业 玩具 塑料 塑胶 模具 钢铁 钢构 机电 电气 电力 电缆 仪器 仪表 装饰 广告 影视 旅游 旅行社 餐饮 饭店 火锅 茶业 酒业 乳业 农业 牧业 渔业 种业 水务 环保
    燃气 石化 石油 化学 新材料 药业 药房 诊所 口腔 眼科 中学 小学 幼儿园 律所 事务所 租赁 航空 航运 海运 货运 供应链 超市 商贸 商场 百货 制造 汽配 轮胎 轴承 泵业 阀门 电梯 照明 灯饰 卫浴 陶瓷
    玻璃 铝业 门窗 涂料 油漆 造纸 置业 置地 建筑 路桥 园林 基金 信托 期货 担保 研究院 研究所 设计院 合作社 精密 机床 重机 动力 电机 水泥 矿业 煤业 粮油 面粉 饲料 水产 肉业 果业 茶叶 珠宝 眼镜 文具
    物业 木业 纸业 钢业 塑业 机械厂 家具厂 服装厂 电子厂 食品厂 五金厂 印刷厂 玩具厂 纺织厂 化工厂 水泥厂 模具厂 电竞
    宠物 养老 健身 美容 影城 书店 民宿 宾馆 大酒店 会所 商学院 学校 学院 血站 卫生院 药厂 纸厂 糖厂 铸造 锻造 冶金 线缆 芯片 数码 网咖 直播 电商 速运 快运
    冷链 装备 自动化 工贸 工业 烘焙 餐厅 酒楼 酒家 茶楼 便利店 生鲜 果蔬 家政 保洁 汽修 汽贸 仓储 家装 门诊 齿科 牙科 产业园 船务 彩印 包装 家纺 日化
    医美 农场 牧场 养殖场 园艺 早教 布艺 皮具 厨具 洁具
    """.split()
)
"""What a Chinese firm makes or is."""
_TAILS: Final = tuple(
    sorted(
        {
            *TRADES,
            *"有限责任公司 股份有限公司 有限公司 集团公司 总公司 分公司 子公司 技术 信息 信息技术 数据 材料 投资 管理 咨询 服务 设备 系统 计算机 工程 文化 国际 商务 商行 工厂 中心 连锁 控股 进出口 通信设备 有限合伙 合伙企业 经营部 日用品 用品 工具 器材 器械 医疗器械 医药 配件".split(),
        },
        key=len,
        reverse=True,
    )
)
"""What people leave out at the end of a name, longer ones first."""
_PLACES: Final = frozenset(
    "中国 北京 上海 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 "
    "石家庄 太原 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 武汉 长沙 广州 海口 成都 贵阳 昆明 西安 兰州 西宁 台北 呼和浩特 南宁 拉萨 银川 乌鲁木齐 "
    "深圳 东莞 佛山 珠海 中山 惠州 汕头 江门 厦门 泉州 宁波 温州 台州 义乌 嘉兴 绍兴 金华 湖州 苏州 无锡 常州 南通 徐州 扬州 昆山 青岛 烟台 潍坊 威海 临沂 大连 唐山 保定 洛阳 宜昌 株洲 芜湖 赣州 桂林 柳州 三亚 绵阳 遵义".split()
)
_PLACE: Final = re.compile(
    rf"(?:{'|'.join(sorted(_PLACES - {'中国'}, key=len, reverse=True))})(?:省|市)?|[\u4e00-\u9fff]{{2,3}}[省市县]"
)
_BRACKETED: Final = re.compile(r"[(（][^()（）]{1,8}[)）]")
LATIN_TAILS: Final = frozenset(
    "inc inc. corp corp. corporation co co. ltd ltd. llc plc gmbh ag sa company group holdings industries enterprises systems technologies "
    "technology tech labs solutions logistics health healthcare foods traders robotics financial dental partners bank software consulting "
    "services international global media digital energy motors pharma insurance capital studio studios works networks".split()
)


def shortened(name: str, *, person: bool) -> tuple[str, ...]:
    """The short forms of a normalised name; none is the name itself. Karen O'Neil is Karen Oneil to who types no apostrophes."""
    if "'" in name and (bare := name.replace("'", "")):
        return (*_shortened(name, person=person), bare, *_shortened(bare, person=person))
    return _shortened(name, person=person)


def _shortened(name: str, *, person: bool) -> tuple[str, ...]:
    if is_chinese(name):
        return () if person else _chinese(name)
    words = name.split(" ")
    if person:
        return (words[0],) if len(words) > 1 and len(words[0]) > 1 else ()
    if words[0] == "the" and len(words) > 2:
        return (
            rest := name.removeprefix("the "),
            *(_shortened(rest, person=False) if words[-1] in LATIN_TAILS else ()),
        )
    if len(words) > 1 and words[-1].strip(",") in LATIN_TAILS and len(words[0]) > 2:
        stem = " ".join(words[:-1])
        return (stem,) if len(words) == 2 else (stem, words[0])
    long = len(words[0]) > 3 or (len(words[0]) == 3 and words[0][1] == "&")
    two = (" ".join(words[:2]),) if len(words) > 2 and words[1].isalpha() and words[1] not in _TYING else ()
    return (*two, words[0]) if len(words) > 1 and long else two


_TYING: Final = frozenset(("and", "of", "the", "for", "at", "in", "de", "la", "von"))
"""Words that no short form ends with."""


def _chinese(name: str) -> tuple[str, ...]:
    """Without what it makes or is, and then without where it is: 上海宝钢集团 is 上海宝钢, and 宝钢."""
    forms, stem = [], _BRACKETED.sub("", name)
    while stem.endswith(_TAILS):
        stem = stem.removesuffix(next(tail for tail in _TAILS if stem.endswith(tail)))
        forms.append(stem)
    forms += [form[place.end() :] for form in forms if (place := _PLACE.match(form))]
    return tuple(form for form in forms if len(form) > 1 and form not in _PLACES and form not in _TAILS)
