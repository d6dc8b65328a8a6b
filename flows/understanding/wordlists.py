# ruff: noqa: SIM905, E501 -- lists of words read better as words
"""Everyday words that are not names, names that are also everyday words, surnames, and tails of firms."""

from typing import Final

COMMON: Final = frozenset(
    """
    a about above account action actually add after again agenda agree agreed ago ahead all almost already also
    although always am amount an and another answer any anyone anything app appointment appreciate are around arrange
    as ask asked asking asks at attempt attended available away back bad based basic be because been before begin
    behind being below best better between big bit blocker book booked both bought bring budget build busy but buy
    buying by call called caller calling calls came can cancel cancelled cannot case cash catch caught champion change
    changed changes chat chatted cheap check checked checking class client close closed closing coffee cold come comes
    coming company compare complaint concerned confirm confirmed confirms connect contact contract cost costs could
    couple customer data date day days deal deals decide decided decision deck delay delayed deliver delivered demo
    demoed detail details did didn difference different dinner discount discuss discussed do does doesn doing don done
    down draft drop dropped due during each early either else email emailed emails end enough escalate evaluate even
    evening every everyone everything exactly except excited expect expected expects expensive explore eye face fact
    far feature feedback feel few file final finally finance find fine finish first fix follow followed following for
    forecast form forward found free from full fully fun further game gave get gets getting give given go goes going
    gone gonna good got great group guy guys had half hand happen happened happy hard has have he head hear heard help
    helped her here hey hi high him his hold hope hot hour hours how however i idea if important in inbound info
    install integration interest interested interview into intro introduced invited invoice is issue it items its
    itself job join joined just keep kick kickoff know knows last late later launch lead leads least leave left legal
    let lets letter level license like likely line list little live logged long look looking looks lost lot love low
    lunch made mail main make makes making manager many market maybe me mean meet meeting meetings memo mention
    mentioned message messaged met middle might mind mins minute minutes missed mobile monday money month months more
    morning most move moved much must my name need needed needs negotiate negotiation never new news next nice no
    nobody none nor not note notes nothing now number of off offer office ok okay old on onboarding once one only
    onsite open opportunity option or order other our out over own package page paid paper part partner past pay
    paying payment pending people per person phone pick pilot ping pitch pitched place plan planned planning plans
    please po point possible postponed potential ppl prefer prep prepare presentation presented pretty price prices
    pricing problem procurement product project promised proposal prospect provide push pushed put question questions
    quick quickly quote quoted quotes rate rather re reach reached read ready real really reason receive received
    redlines reference regarding remind reminder renew renewal replied reply report request requested requests
    reschedule rescheduled response rest result review reviewed reviewing right risk rollout roi run said sales same
    saw say saying says schedule scheduled seat seats second security see seem seems seen send sending sends sent
    serious session set several share shared she ship short should show showed shown side sign signed signing since
    site slow small so sold some someone something soon sorry sounds spec spend spoke staff stage stall stalled start
    started starts status stay still stop stopped stuff such support sure switch system take taken talk talked talking
    tbd team teams tech tell term terms test text texted than thanks that the their them then there these they thing
    things think thinks this those though thought through time times to today todo together told tomorrow tonight too
    took total touch tour track training trial tried trip true try trying two under unit units until up update updated
    upgrade upset upsell urgent us use used user users using usual value very via video visit visited visiting
    voicemail wait waiting walk walked want wanted wants warm was way we week weeks well went were what when where
    whether which while who whole why will win with within without won work working works worried would write wrong
    wrote year years yes yesterday yet you your zoom teams slack linkedin whatsapp wechat excel crm sow nda msa rfp
    rfq cto cfo ceo coo cio vp it hr qbr pov poc api monday tuesday wednesday thursday friday saturday sunday mon tue
    wed thu fri sat sun january february march april may june july august september october november december jan feb
    mar apr jun jul aug sep sept oct nov dec eod cob eow eom q1 q2 q3 q4 am pm asap fyi btw cc ps usd eur gbp cny rmb
    salesforce hubspot oracle sap microsoft google zoho netsuite dynamics pipedrive aws azure excel powerpoint
    christmas easter thanksgiving chinese english american european new north south east west
    """.split()
)

WORDLIKE: Final = frozenset(
    """
    will may mark bill grace faith hope joy art frank rich grant chase dawn june april august rose jack pat rob sue
    drew dean earl guy miles price ray skip stone summer autumn wade ward young long sky star target apple gap oracle
    delta visa sprint shell amazon square stripe box slack zoom discover progressive meta apex summit pioneer focus
    signal base notion monday next first best general united national standard advance 美的 高峰 平安 东方 苹果 大众 长城 联想 方正 金山
    高兴 时间 周到 向前 安心 和平 常青 金融 时代 阳光 太平 永远 长安 万达 未来 成功 开心 高明 明亮 光明 胜利 高远 向阳 方便 安全 安静 平静 文静 马上 白金 黄金 石头 江山 温和 温馨 万一 严格 严重
    高产 高效 周全 周转 周期 常见 常用 汪洋 田园 金额 时机 方法 方案 方向 成本 成交 成立 连接 连续 应用 应付 应该 应收 单价 单位 全部 全面 全体 关系 关注 关于 关键 宣传 安排 安装 程序 解决 解释
    路线 高层 高级 高度 高意向 明确 明细 和谐 许多 许可 何时 何必 何况 任务 任何 经理 经费 经常 项目 于是 习惯 计划 计算 毛利 毛病 张口 左右 温度 余额 余款 包括 包装 石油 段落 白天 乐观 钱包 车间
    万元 夏天 金牌 水平 那边 都市 章程 管理 管道 权限 权益 池子 来源 屈服 曲线 师傅 巩固 聂 解约 江湖 成长 方面 向上 段 查询 查看
    """.split()
)

SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔"
    "伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙"
    "鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞"
    "姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
COMPOUND_SURNAMES: Final = frozenset(
    "上官 东方 令狐 公孙 南宫 司徒 司马 夏侯 宇文 尉迟 慕容 欧阳 皇甫 端木 诸葛 轩辕 长孙".split()
)

FIRM_TAILS: Final = tuple(
    """
    公司 集团 科技 银行 电子 机械 物流 医疗 软件 食品 网络 实业 汽车 电器 通讯 通信 重工 能源 地产 传媒 教育 生物 制药 保险 证券 医院 大学 酒店 智能 化工 服饰 贸易 资本 股份 半导体 光电 新能源
    """.split()
)
LATIN_FIRM_TAILS: Final = frozenset(
    """
    inc corp corporation co ltd llc plc gmbh company group holdings industries enterprises systems technologies
    technology labs solutions logistics health foods traders robotics financial dental partners bank software
    consulting capital media pharma energy motors insurance networks
    """.split()
)
