# ruff: noqa: SIM905, E501 -- lists of words read better as words
"""Everyday words that are not names, names that are also everyday words, surnames, and tails of firms."""

from typing import Final

from store.shortened import TRADES

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
    rang rung drove flew swung ran sat stood stuck forgot began chose bought thought taught built heard fell felt held kept led meant
    rose slept spent wore lovely brilliant gutted shame pity sadly luckily hopefully apparently basically honestly heads cheers yep
    nope yup yeah cool wow lol ugh damn massive huge big whole most loads lots bunch dozen double extra spare early lunch dinner
    breakfast beers drinks grabbed popped nipped bumped hopped dropped chased chasing wkly weekly monthly daily tonite yest tmrw
    voice note text voicenote todo urgent attn ref subject hello hiya morning evening afternoon happy merry inv
    dispatch accounts warehouse logistics reception receptionist billing payroll marketing engineering
    delivery deliveries payment payments fwd fw installed installation install installs revisit revise revised expecting expects supplier suppliers vendor vendors parts machine machines
    pump pumps order orders shipment parcel warranty repair repairs replacement replacements fault faulty stock sample samples
    budget margin discounts approval approvals signature board committee tender bid award awarded winner lost bad
    inspection audit survey report reports drawing drawings certificate certificates spec specs datasheet manual training
    invoiced unpaid overdue balance deposit receipt refund credit statement bank cheque transfer cash terms
    waiting await awaiting pls plz thx ty ok okay np tbc eta ooo wfh nb aka approx ref refs per via plus minus
    monday's lift loan rental hire lease leased fleet truck trucks van vans pallet pallets container containers
    kit kits module modules feature features bug bugs ticket tickets outage downtime server servers login access password
    gate code keys badge parking lobby canteen boardroom venue hall stand booth expo fair show
    short early busy free sick away holiday holidays leave maternity paternity retired resigned replaced successor
    seems looks sounds feels wants needs asks says thinks hopes plans offers accepts rejects declines refuses
    chased rebooked booked pencilled confirmed cancelled postponed delayed escalated resolved fixed closed reopened
    quick brief long longish chat natter intro catchup recap summary action actions agenda minutes outcome decision result
    they've we've i've he's she's it's that's there's who's what's let's can't won't don't doesn't isn't aren't wasn't
    first-time follow-up kick-off go-live sign-off site-visit walk-through check-in drop-in no-show
    ops christmas easter thanksgiving chinese english american european new north south east west
    director buyer boss assistant engineer accountant controller purchaser owner founder chef nurse doctor president
    chairman secretary supervisor estimator architect contractor
    """.split()
)

WORDLIKE: Final = frozenset(
    """
    will may mark bill grace faith hope joy art frank rich grant chase dawn june april august rose jack pat rob sue
    drew dean earl guy miles price ray skip stone summer autumn wade ward young long sky star target apple gap oracle
    delta visa sprint shell amazon square stripe box slack zoom discover progressive meta apex summit pioneer focus
    signal base notion monday next first best general united national standard advance 美的 高峰 平安 东方 苹果 大众 长城 联想 方正 金山
    文件 高兴 时间 周到 向前 安心 和平 常青 金融 时代 阳光 太平 永远 长安 万达 未来 成功 开心 高明 明亮 光明 胜利 高远 向阳 方便 安全 安静 平静 文静 马上 白金 黄金 石头 江山 温和 温馨 万一 严格 严重
    高产 高效 周全 周转 周期 常见 常用 汪洋 田园 金额 时机 方法 方案 方向 成本 成交 成立 连接 连续 应用 应付 应该 应收 单价 单位 全部 全面 全体 关系 关注 关于 关键 宣传 安排 安装 程序 解决 解释
    路线 高层 高级 高度 高意向 明确 明细 和谐 许多 许可 何时 何必 何况 任务 任何 经理 经费 经常 项目 于是 习惯 计划 计算 毛利 毛病 张口 左右 温度 余额 余款 包括 包装 石油 段落 白天 乐观 钱包 车间
    顾客 顾问 顾虑 包装 包邮 和谐 解约 时期 时段 时效 路过 路上 程度 程式 万分 万方 安装 安全 高铁 高速 高温 高价 高位 高校 金融 金属 石材 石膏 白酒 白板 黄页 蓝图 蓝牙 毛坯 毛料 水泥 成品 成果 成都 成效 平台 平板 平方 平均 平常 方式 方便 方针 单号 单独 单子 单据 单品 单纯 全款 全年 全国 全套 全程 全额 连锁 连带 连夜 车辆 车队 车展 车型 车位 路演 路况 温控 温度 喜欢 喜事 易损 易用 盛大 凌晨 季度 季节 季末 年会 荣幸 双休 双方 关税 关闸 应急 应收 支付 支持 支票 都说 利润 利息 宣布 管控 管理 管材 祝福 祝贺 项链 经销 经费 经营 经过 经验 时装 时差 卫生 卫浴 计费 常年 常规 常备 常委 向导 段子 明显 明年 明细 牛奶 牛肉 羊肉 马达 马力 鱼 龙头 花费 花样 苗木 梅雨 柏油 谷底 农药 农业 农历 钟点 钱款 汤料 元旦 元件 包括 包年 包月 包量 顶 麻烦 童装 宁可 尤其 焦虑 阳台 席位 沙发 桂圆 查收 查验 查账 解答 解除 解锁 解封 步骤 强烈 强调 通用
    申请 谢谢 多谢 感谢 谢了 万元 夏天 金牌 水平 那边 都市 章程 管理 管道 权限 权益 池子 来源 屈服 曲线 师傅 巩固 聂 解约 江湖 成长 方面 向上 段 查询 查看
    """.split()
)

WORD_STEMS: Final = frozenset(
    """
    麻烦 连续 农商 时候 冷链 冷库 冷冻 冷藏 冷柜 冷却 冷轧 温控 温度 车载 车间 车床 车架 车身 车险 华东 华南 华北 华中 江浙 路由 路灯 路线 管件 管线 管子 管道 管理 龙门 应收 应付 房产 房租 童鞋 童装 麦芽 景区 卫星 卫浴 卫材 柴油
    米线 黄豆 乐器 万能 关节 关机 关键 高压 高端 高清 高配 高性 高速 高温 高铁 方形 安防 安检 安装 安卓 安全 成套 成型 成品 成本 平面 平台 平均 连杆 连接 连锁 单模 单面 单机 单价 单独 全自 全新 全检 全套 全部
    明儿 全程 全力 全员 申请 单子 单据 单号 单位 常温 常规 时间 时段 石材 石膏 马桶 马达 毛巾 毛坯 金属 金额 白糖 白酒 黄油 花生 花洒 叶片 叶轮 鱼片 房间 党建 易碎 边框 边角 项目 计划 计算 方案 程序 包装 包材 水泥 石油 牛肉 羊肉 牛奶 蓝牙 明细 余款 支付
    宣传 向导 严重 解决 解释 经理 经费 查一 查完 查下 查看 查到 查出 查清 查了 查查 查询 查收 广告 顾问 顾虑 习惯 利润 商务 商城 商品 商场 商用 都市 经销 祝贺 农药 农机 钱款 汤料 元件 元器 童车 宁波 宁夏 温州 苏州 常州 江苏 江西 江门 广东 广西 石家 金华 连云 安徽 云南
    """.split()
)
"""Words that begin with a surname and that no given name goes on from."""

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

FIRM_TAILS: Final = TRADES
"""How an unknown firm's name ends."""
LATIN_FIRM_TAILS: Final = frozenset(
    """
    inc corp corporation co ltd llc plc gmbh company group holdings industries enterprises systems technologies
    technology labs solutions logistics health foods traders robotics financial dental partners bank software
    consulting capital media pharma energy motors insurance networks catering pools farms farm fitness timber clinics clinic
    plumbing bakery dairy freight transport hotel hotels restaurant restaurants school college university hospital
    pharmacy garage builders construction electrical electronics engineering textiles studio studios design designs
    interiors furniture printing packaging plastics steel metals chemicals agro exports imports trading stores mart
    supermarket cafe brewery winery marina gym spa salon travel airlines shipping marine associates advisors realty
    properties estates homes housing council club association trust foundation medical diagnostics cleaning supplies
    machinery digital agency marketing recruitment staffing hardware roofing paints tiles joinery carpets autos
    dealership nursery landscaping
    """.split()
)
PLEASE: Final = r"^\s*(?:please |pls |plz |kindly |(?:can|could|would|will) (?:you|u) |请|帮我|麻烦你?|能不能|可不可以|[你您]?(?:能|可以)(?!力))*"
"""How an order begins, as a pattern."""
