"""What a Chinese line that nobody could take was probably about, by the things it names."""

from __future__ import annotations

from typing import Final

from flows.understanding.lazily import lazy

_ABOUT: Final = (
    ("export", r"导出|导成|下载"),
    ("import", r"导入|导进|上传"),
    ("calendar", r"日历"),
    ("web", r"网页|电脑上|浏览器"),
    ("webform", r"表单|网站.{0,4}留言"),
    ("apikey", r"[aA][pP][iI]|密钥"),
    ("webhook", r"网络钩子|其他系统|对接.{0,4}系统"),
    ("mute", r"(?:别|不要|少).{0,6}(?:推送|通知|打扰|烦)|免打扰|静音"),
    ("settings", r"时区|我的设置"),
    ("question", r"群里.{0,6}(?:问|大家|意见)"),
    ("queue", r"排队|没人接|值班|在岗"),
    ("alarms", r"报警|警报|告警"),
    ("report frt", r"(?:回复|响应|首响).{0,6}(?:快|慢|多久|时间|速度)"),
    ("sla", r"时效|时限|(?:小时|分钟)之?内"),
    ("rule", r"规则|自动|(?:就|马上|立刻|第一时间)(?:通知|提醒|告诉)我"),
    ("holidays", r"(?:春节|元旦|中秋|国庆|端午|节日|过年).{0,8}(?:祝福|问候|短信)"),
    ("hours", r"上班|营业|放假|休息日"),
    ("open", r"工单|报修|没回复|没处理"),
    ("route", r"派给|分给|分单|派单"),
    ("deputy", r"代理|顶班|代班"),
    ("skills", r"擅长|技能"),
    ("load", r"工作量|负荷|忙不忙|最多接"),
    ("sight", r"只能看|谁能看|可见"),
    ("colleague", r"新(?:人|同事|员工)|入职"),
    ("members", r"同事|成员|员工|权限|角色"),
    ("goal", r"目标|指标"),
    ("week", r"周报|日报.{0,6}(?:交|写)|团队.{0,4}(?:情况|怎么样)"),
    ("daily", r"日报"),
    ("funnel", r"转化|成交率|漏斗|成一单|丢单|环节"),
    ("top", r"排名|排行|业绩|销冠"),
    ("stages", r"(?:销售)?阶段"),
    ("approval", r"打.{0,3}折|折扣"),
    ("approvals", r"审批|要我批"),
    ("pipeline", r"商机|单子|在谈|销售预测"),
    ("quote", r"报价"),
    ("contract", r"合同"),
    ("anonymous", r"匿名"),
    ("codes", r"优惠码|兑换码|礼品码"),
    ("publish", r"公布"),
    ("newsurvey", r"(?:做|建|搞|设计).{0,8}(?:问卷|调查)"),
    ("survey", r"问卷|调查"),
    ("results", r"满意度|评分|打分|低分|差评|好评|NPS|nps"),
    ("themes", r"抱怨|吐槽|意见|反馈"),
    ("trends", r"趋势|变多|投诉"),
    ("risk", r"流失|要跑|风险"),
    ("potential", r"潜力|有前景"),
    ("care", r"生日|纪念日"),
    ("event", r"活动|发布会|品鉴会|沙龙"),
    ("push", r"群发|推送|促销"),
    ("article", r"文章|案例"),
    ("c", r"常用语|快捷回复|话术"),
    ("sop", r"标准流程|手册"),
    ("kb", r"知识库|问答"),
    ("duplicates", r"重复|重名"),
    ("incomplete", r"(?:没有?|缺)(?:填|留)?(?:电话|邮箱|资料|地址)"),
    ("report repeat", r"复购|回头客"),
    ("tiers", r"分级|怎么算[A-C]级|等级标准"),
    ("field", r"字段"),
    ("segment", r"客户群|分组"),
    ("leads", r"线索|公海"),
    ("contacts", r"该(?:联系|拜访|找)谁"),
    ("promises", r"承诺|答应"),
    ("reminders", r"提醒|闹钟|布置的任务|交办"),
    ("today", r"待办|没干|没做|逾期"),
    ("keep", r"保留多久|保存多久"),
    ("status", r"系统|机器人"),
)  # fmt: skip
"""In their order: what is named more exactly stands first."""
_RULES: Final = tuple((name, lazy(words)) for name, words in _ABOUT)
_ASKS: Final = lazy(
    r"什么|哪|谁|多少|几[个家单次天]|怎么|如何|为什么|多久|吗|(?:没|没有|了没)$|.不.(?:$|了)|看|列|给我|呢$"
)
_ORDERS: Final = lazy(
    r"[设加建做弄搞改开关发给让把用定换匿画导问取不别要有怎如]|.{0,8}(?:怎么|如何|告诉我|通知我|提醒我|能不能|可以吗)"
)
_SHORT: Final = 6
"""Characters of which a line is a heading rather than a tale: 转化率."""


def named(line: str) -> list[str]:
    """The commands that the line may mean, the likeliest first."""
    return [name for name, pattern in _RULES if pattern.search(line)]


def asks(line: str) -> bool:
    return len(line) <= _SHORT or _ASKS.search(line) is not None


def orders(line: str) -> bool:
    return len(line) <= _SHORT or _ORDERS.match(line) is not None
