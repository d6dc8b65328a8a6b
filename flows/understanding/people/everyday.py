"""What stands where a Chinese name would and names nobody: the boss, the factory, last time."""

from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.wordlists import FIRM_TAILS, WORD_STEMS, WORDLIKE

NO_NAME: Final = lazy(
    r"没有|什么|情况|之前|之后|一样|其他|客户|报价|合同|方案|预算|需要|可以|我们|他们|对方|如果|因为|所以|但是|已经|"
    r"时候|觉得|希望|准备|安排|联系|沟通|确认|讨论|反馈|满意|兴趣|考虑|决定|价格|产品|需求|"
    r"项目|资料|会议|电话|微信|邮件|拜访|回访|跟进|提醒|记得|刚才|目前|后续|比较|非常|应该|可能|还是|或者|以及|关于|"
    r"问题|现在|演示|样机|发票|付款|回款|签约|续约|续签|续费|见面|吃饭|腾讯(?:视频)?(?:会议|文档|课堂)|阿里(?:旺旺|云盘)|"
    r"美团外卖|百度(?:网盘|地图)|(?:顺丰|京东)(?:到付|快递|包邮|单号|冷运|寄|(?:今天|明天|后天|隔天|次日|周[一二三四五六日])(?:能|会)?[到送])|是(?:顺丰|京东|德邦)(?=[弄搞送寄运丢])|[发走寄用叫](?:顺丰|京东|德邦)(?=$|"
    r"[，。,、\s]|了|的|过|给|到|寄|发|特快|标快|冷运|次晨)|"
    r"[寄发](?:出|走|过去)?了?[，, ]{0,2}(?:顺丰|京东|德邦)(?=$|[，。, ])|(?:顺丰|京东|德邦)[，, ]?(?:快递|单号|运单)|"
    r"(?:华为|小米|苹果)手机|企业微信|开会|上线|试用|交付|发货|打算|答应|承诺"
)
_NO_PLACE: Final = lazy(
    r"同行|生产|仓库|质检|库房|工程|品质|工地|现场|技术|法务|供应商|厂家|物业|师傅|司机|助理|秘书|家里|朋友|同学|医生|"
    r"老师|学生|经销|代理|合作|甲方|乙方|双方|第三方|团队|部门|竞品|对手|友商|销售|售后|客服|研发|运营|人事|行政|"
    r"物流部|快递|税务|海关|专家|评委|用户|业主|租户|房东|中介|渠道|内部|自己|别人|人家|别家|这家|那家|几家|两家|每家|"
    r"哪家|谁|大家|负责|新来|刚来|分管|介绍|认识|推荐|隔壁|当地|本地|顾客|消费者|店长|主管|会计|总监|厂长|工程师|"
    r"设计师|刚才|刚刚|今天|昨天|明天|上次|下次|这次|那个|这个|那边|这边|顺便|另外|然后|最后|对接|电脑|手机|短信|正式|"
    r"^(?:等|先|再|就)|节后|年后|再$|打样|到货|验收|售前|家人|孩子|上级|上面|下面|大区|分公司|子公司|母公司|厂商|工人|员工|决策|老婆|老公|爱人|参加|"
    r"面谈|当面|记录|纪要|日报|"
    r"现场|工厂|厂里|办公室|总部|展会|机场|学校|政府|领导|采购|财务|前台|同事|老板|经理|负责人|联系人|市场|门店|仓库|商务|部$|"
    r"车间|出差|北京|上海|广州|深圳|杭州|苏州|南京|成都|武汉|重庆|天津|西安|外地|国外|多次|很久|名单|线索|商机|取消|"
    r"推迟|延期|改期|改到|改成|结束|顺利|完成|失败|成功|定在|定于|时间|计划|安排|一下"
)
_EVERYDAY: Final = lazy(
    r"[的了着过在又催和跟与给把被向对说要想会就都也还很是有不没这那我你他她们吗呢吧打问谈聊签报发]|客户|"
    r"^[^\u4e00-\u9fff]?(?:公司|们公司|司)$|(?:方案|合同|报价|系统|项目|时间|电话|微信|邮件|需求|产品|价格|预算|资料|"
    r"文件|意见|反馈|问题|情况|结果|计划|安排|沟通|交流|会议|回访|跟进|发票|款|单|期|价|量|年|月|周|日)"
)


def is_nobody(name: str) -> bool:
    """The boss, the factory, last time: words that stand where a firm's name would."""
    if len(name) > 3 and name.endswith(FIRM_TAILS):
        return bool(NO_NAME.search(name))
    return bool(_NO_PLACE.search(name) or NO_NAME.search(name)) or name in WORDLIKE


def is_word(name: str) -> bool:
    """冷链, and 冷链车 that begins with it."""
    return name in WORDLIKE or name[:2] in WORD_STEMS


def is_everyday(name: str) -> bool:
    if len(name) == 4 and name[2:] in FIRM_TAILS and name[1] in "发和向会报有对同" and name[0] not in "要问谈打不没":
        return False
    return bool(_EVERYDAY.search(name[1:])) or (name[:1] in "的了我你他她它这那" and len(name) < 4)
