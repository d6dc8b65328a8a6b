# ruff: noqa: E501 -- a rule is one line
"""How a promise is put in Chinese: who gives, what is given, and who asked for it."""

import re
from collections.abc import Sequence
from typing import Final

from flows.understanding.lazily import lazy
from flows.understanding.promises.clauses import Clause, masked
from flows.understanding.promises.forms import By, Form, Way
from flows.understanding.times.reading import Seen

_GIVEN: Final = (
    r"发(?:送|给|过去|出|回|去|份|一份|一下|个|邮件|资料|报价|合同|方案|新|最|详|样|产|完|正|案|修|改|到|我|票|货)?|"
    r"提供|出[^，。；,;了过来去]{1,4}(?:文件|公告|通知|报告|方案|报价|证书|图纸?|样品?|单)|给(?:出|到|过|我们|客户|他|她|对方|一份|个|份|新|报价|方案|答复|回复|反馈|结果|最终|明确|正式|折扣|优惠|"
    r"详细|合同|样品|资料|到位)?|出(?:\d+|[一二两三四五六七八九十百几]+[台套件箱批吨]|一?份|个|终稿|初稿|库|图| ?po|具|方案|报价|结果|合同|货|图|样|正式|详细|最终|新版?|报告)|寄(?:送|出|"
    r"过去|给|样|合同|一份)?|送(?:样|货|过去|到|去|一份|合同)?|交(?:付|货|给|出|方案|合同|样|保证金|押金|定金|标书|材料|资料|一份|首批|第[一二三四]批|图)|做(?:完|好|出|"
    r"一?份|个|方案|报价|演示)|准备(?:好|一份|方案|资料|报价|材料|合同|一下|标书)|更新|提交|修改|改(?:好|完|一版|方案|"
    r"合同|报价)|(?:邮件|快递|微信)给|(?:回复|答复|反馈)(?![说道了：:])|确认|安排(?:好|生产|排产|投产|装车|付款|打款|发|人|车|专人|师傅|司机|工程师|技术|送|补|换|修|售后|测试|试用|样品|开通|培训)|完成|搞定|整理|"
    r"补(?:充|发|一份|上|签)?|开(?:具|票|发票|通)|处理|解决|换(?:好|完|掉)|(?<!被)退(?:款|还|回)|有(?:结果|答复|定论|准信|消息|眉目|回音)|通知(?=仓库|财务|工厂|车间|物流|生产|采购|厂里|司机|师傅)|付(?:款|清|尾款|首款|定金|钱)?|打(?:款|钱|"
    r"尾款|预付款|定金)|回(?:款|签|传|邮件|复(?![说道了：:]))|签(?!约|的)(?:字|合同|署|回|完|单)?|审(?:批|核|完|合同|批完|核完)|批(?:复|"
    r"下来|准|完)?|盖(?:好|完)?公?章|定(?:下来|稿|方案|标|厂)|拍板|决定(?=[ ]*$|是否|要不要|采购|下单)|(?<![才能间期])定(?=[ ]*$)|(?<=[要须])上线|(?<=[要须])用上|搭(?:好|建|环境|平台)|出(?:具)?意见|(?:看|消化|读|研究|测|审|跑)完|走(?:完)?[^，。；,;了过]{0,6}?(?:流程|审批|合同|手续)|下单|报(?:价(?!单?有效)|方案|给|一?个|预算)|"
    r"落实|协调|沟通好|申请|上报|汇报(?:给)?|拿(?:到|出|给)|验收(?<!消防验收)(?<!竣工验收)(?<!项目验收)(?<!年度验收)(?<!现场验收)|结款|结账|转账|汇款|(?:到|入)账|试用(?!到|期)|测试|部署|评估|递交|"
    r"调(?:货|整|价|通)|换货|补货|备货|发货|到货|维修|修好|上门安装|[给交寄送出报补](?=[ ]*$)|(?<=[就来去 ])开(?=[ ]*$)|结(?:清|款|账|掉)|能结|账[^，]{0,8}结(?!束|果|构|合)|开(?:出来|好|完)|用印|响应|"
    r"到场|赶到|修复|报名|投标(?!书)|开户|安装(?!包|费|要等)|(?<!加)派(?:人|车|工程师|师傅|技术|个|两)|封装|封标|装订|(?<=[ ])清(?=[ ]*$)|(?<=[就要 ])办(?=[ ]*$|好|完|妥|掉)|安?装(?:好|上|机|完)|"
    r"弄(?:好|出|完|一)|写(?:好|完|出|一)|赶(?:出|完)|搞(?:好|出|定)|画(?:好|图|出)|打样|重(?:做|发|报|出|开|算|新)|"
    r"核(?:对|实|算)|算(?:好|一|出|个)|查(?:清|一下|到)|覆(?!盖)|传(?:[他她]|过|给|真|一)|拉(?:个)?群|带(?:过去|去|样|上)|"
    r"下(?:个|一个)?(?:正式|小|首|大|试)?(?:(?:订)?单|[ ]?po(?![a-z]))|打过来|汇过来|排(?:期|产|单)|给(?:个|一个)?(?:准信|回话|说法|话)|敲定|告诉(?!我)|告知|整改|换新|更换|上门(?=处理|解决|维修|修|更?换|检修|排查|取|调试|安装|培训|测|维护|保养)|招标(?![ ]*[挂公文书会结])|立项|(?<=必须)回(?=$)|(?<=[能会就要可来 ])还(?=[ ]*$|给|回|机|样)|(?<=[会就要 ])转(?=[ ]*$|过来|给我)|(?<=[ ])结(?=[ ]*$|[^，。,；;了]{0,4}[费款])|装[车柜箱](?!单|费)|(?<=[ ])修(?=[ ]*$)|(?<=[ ])回(?![复传款电执函单签应访来去家国到个])[\u4e00-\u9fff]{2,3}(?=[ ]*$)|(?<!的)恢复(?!到|正常营业|期)|压缩[到至在]|缩短[到至]|快递(?=[ ]*$|给|过去|出)|回(?:他们?|她们?|客户|对方)(?!家|国)|"
    r"(?<![a-z])(?:t/?t|sign|send|confirm|approve|issue|pay|reply|submit|share|revert|update|feedback|review|release|"
    r"finali[sz]e|deliver|quote)(?![a-z])"
)
"""What one does for a customer that can be promised, unlike to call or to meet."""
_THINGS: Final = (
    r"新版(?!本号)|修改版|终版|正式版|开票(?!信息|资料|抬头)|报价单?|方案|合同|样品|资料|案例|标书|发票|清单|报告|手册|授权|对比(?!其他|别)|证书|演示账号|账号|questionnaire|问卷|说明|文档|参数|价格表?|折扣|"
    r"优惠|样机|quote|proposal|contract|NDA|deck|计划书?|建议书|答复|回复|反馈|对比表|规格书|协议|盖章件|检测报告|"
    r"demo|POC|SOW|试用|企划书|估价单|提案|型录|产品目录|样册|画册|彩页|图纸|设计稿|效果图|样[板衣件布纸张书稿片品本箱块]|小样|色卡|排期表?|草案|初稿|"
    r"终稿|尺寸图|bom|形式发票|箱单|提单|名单|证明|照片|样书|PI(?![a-z])|检测单|质保书|合格证|(?<![a-z])(?:spec|datasheet|ppt|brochure|po|sds|msds|coa)(?![a-z])|样本|白皮书|视频|图片|课件|教程|操作手册|资质|营业执照|专票|普票|收据|回单|水单|账单|"
    r"发货单|quotation|invoice|catalog(?:ue)?|draft"
)
_ASKS: Final = (
    r"要(?!求)|需要|想要|(?<![a-z])(?:want|need)(?![a-z])|要求|希望(?:我们)?|让我们?|请我们?|等我们?|催我们?|想看|索要|询(?!问)|询问|催(?:要|[ ]+)?|等着?|"
    r"要(?:看到|见到|拿到|收到)|要我们?"
)
_MAY: Final = frozenset("欠诺负好重nw烦能会催咱回希待想我承抽晚稍等答索要让请这需马赶抓立尽询把散随事")
"""Without a time a statement with none of these promises nothing."""
GIVING: Final = lazy(_GIVEN)
ONLY_GIVING: Final = lazy(
    r"[ ，,]*(?:再|就|先|能|会|要|必须|才)*(?:[到入]账|[付结]清?|寄出?|发出?|交付?|送出?|出|签|给|完成|搞定|[弄做办]好|[打汇转]过来)[ 。!！]*"
)
"""A verb that says nothing of what is given: 样品周五寄."""
_US: Final = lazy(
    r"(?P<subject>我们这?边?|我方|我司|咱们?|我(?!要不)|(?:答应|承诺|跟(?:他|她|客户)说)(?:了)?(?:他们?|她|客户|"
    r"对方)?)?(?:们)?(?P<modal>会|要|得|需要?|必须|务必|答应|承诺|来|负责|尽快|争取|抓紧|今天|马上|先|记得|别忘了?|不要忘了?|"
    r"一定|保证(?![金书])|还欠|欠|应该|应|把|帮|再|可以|能)*(?:在|于)?(?P<what>(?:把|将|给|帮|向|跟)?[^，。；,;]{0,16}?(?:"
    + _GIVEN
    + r")[^，。；,;]{0,24})"
)
_THEM: Final = lazy(
    r"(?:(?P<subject>对方|客户|他们?|她们?|甲方|法务|财务|采购|老板|领导|总部|那边|总|经理|总监|董|工|主任|院长|厂长|"
    r"先生|女士|老师)|(?P<verb>答应|承诺|预计|说(?!好)|表示|保证(?![金书])|(?<!合)同意|计划|打算|准备|会))[^，。；,;]{0,12}?(?:(?:答应|承诺|"
    r"预计|说|表示|保证(?![金书])|同意|计划|打算|会|将|要|得|能|可以|争取|这边|那边|尽快|"
    r"必须)[^，。；,;]{0,10}?)?(?P<what>(?:给我们|给我|把|将)?[^，。；,;]{0,8}?(?:" + _GIVEN + r")[^，。；,;]{0,16})"
)
_WANT: Final = lazy(
    r"(?:" + _ASKS + r")(?!先?(?:了解|知道|咨询|打听|弄清|搞清|研究|看看|学))"
    r"(?:我们)?(?:先|尽快|再)?(?:提供|给|发|出|看|做|准备|补|提交|寄|送)?(?:他们?|她|一?下|过去|到)?(?:一?[份个套版]|\d+[份个套])?(?P<what>[^，。；,;]{0,10}?"
    r"(?:" + _THINGS + r")[^，。；,;]{0,8})"
)
_ASKING_THEM: Final = lazy(r"(?<!来)(?:问|找|向)[^，。；,;问说]{1,8}要(?!不要|求)(?!我)")
"""问赵磊要营业执照: what we ask them for."""
_PAPER: Final = lazy(
    r"(?:还?要|需要|想要|索要|[让叫请催])(?:我们?)?(?:提供|发|出|补|做|改)?(?:给?[他她]们?)?(?:一份|两份|一版|一套(?=[^，。；,;]{0,8}(?:资料|方案|图)))(?P<what>[^，。；,;]{2,14})"
)
"""What is counted in 份 is written, and goes out to whoever wants it."""
_DEMANDED: Final = lazy(
    r"(?:要求|希望|催着?)[ ]*(?:我们)?[ ]*(?P<what>(?:换(?=[ ]*$|货|新|一[台套个件批])|上线|投产|进场|开工|"
    + _GIVEN
    + r")[^，。；,;]{0,16})"
)
_PAYS: Final = lazy(
    r"(?P<what>(?:定金|订金|尾款|余款|货款|首付款?|预付款?)[^，。,；;]{0,12}(?<=[ 就会再])[打汇转](?=[ ]*$)|(?<=财务|会计|出纳|对方|客户|他们|她们)(?:说|会|就|[ ])*(?<=[ 就会])[打汇转付](?=[ ]*$)|[他她](?:说|讲)?[ ]*(?:一定|肯定|保证|就|会|能|可以)+[打汇转付](?=[ ]*$))"
)
"""定金周五打: theirs."""
_ANSWER_BY: Final = lazy(r"要[ ]{2,}的?(?P<what>(?:明确|正式)?(?:答复|回复|反馈|结果|准信|回话|说法))(?=[ ]*$)")
"""要下周一前的答复: theirs to give."""
_I_WILL: Final = lazy(
    r"(?<![给让叫请帮找发和跟催问])(?:我们?|咱们?)[ ]{2,}(?:就|会|再|先|一定|肯定|来)*(?P<verb>(?:[写改画查算做弄整测核译补]|打印|翻译|"
    + _GIVEN
    + r")[^，。；,;]{0,8})$"
)
"""他要的报告我明早发: ours, whoever wants it."""
_WANTED_BEFORE: Final = lazy(
    r"[ ，,]*(?:[他她]们?|客户|对方|[\u4e00-\u9fff]{2,3})?(?:想?要看?|需要|说|提|催)的(?=[^，。,；;]{2,})"
)
_SOON: Final = lazy(
    r"(?:^|[，,我 下])(?:回头|晚点|稍后|等下|待会儿?|一会儿?|[会完散]后|会议(?:结束)?后|结束后|事后|随后|马上|这就|抽空|赶紧|抓紧|立刻|立即|尽快|尽早|回(?:去|来|公司)[^，。；,;]{1,8}[后再]|(?:我)?回(?:去|来)(?:就|马上)?(?=给|发|申请|改|做|整理|核|查|报|补|重))(?:再|就|要|先|把)?(?P<what>(?:"
    + _GIVEN
    + r")[^，。；,;]{0,16})"
)
_TOLD_US: Final = lazy(
    r"(?:麻烦(?:你们?|您)?(?=再?[发寄传开])|能(?:不能)?(?=(?:再|重新|补)[发寄传开])|让|叫|要求|请|要(?=我们?(?:把|派|安排|尽快|马上|赶紧))|催(?=我们?把))(?:(?:我|咱)们?|(?=把|尽快|马上|赶紧|抓紧|立刻|立即|准备|重[新开做打发寄]|补[发寄开]|再[发寄传开]|先?(?:[发寄]|报(?:个|一)?价|出(?:个|一|份))|开(?:张|个|份|一)?[^，。,；;]{0,4}(?:票|收据|证明)))(?P<what>(?![ ]*(?:们|去|来|看|等|们?满意|参加|出席|放心|考虑|理解))[^，。；,;]{2,24})"
)
_SENDS: Final = lazy(
    r"(?:让|叫|派|安排)了?(?:技术|售后|工程师|师傅|维修|研发)[^，。,；;了]{0,4}[ ][^，。,；;了]{0,2}?(?P<what>(?:(?:过去|上门|到场|去)(?:看|修|处理|换|检查|调试)?|看|查|修|处理|排查|解决|跟进)[^，。,；;了]{0,4})$"
)
"""让技术明天过去看: whom we send is owed."""
_TAKE: Final = lazy(
    r"[ ]*(?P<what>把[^，。；,;]{1,14}(?:寄|发|送|交|转|邮件|快递|微信)(?:给|过去|到|去)[^，。；,;]{0,8}|(?:重新|再|补)(?:发|寄|做|报|开|出|打)(?:一?[份张个版套])?[^，。；,;]{0,6}(?:给|过去)[他她客对]?[^，。；,;]{0,3}|(?:要|得|需要|只能|只好|必须|尽快)?(?:给[他她]们?)?重新(?:报价|报一?[版份次个]价?|做(?:一?[版份个])?(?:方案|样品|报价)?|打样|出(?:图|方案|报价|合同)|算价|开票|补货|发货|开模|设计|排产)[ 。!！]*$)"
)
_SIGNING: Final = lazy(r"[去到来][^，。,；;]{1,8}签(?:合同|约|字)(?!给|后|前)")
_FOLLOWS: Final = lazy(r"[ ]*(?:follow[ -]?up|跟进|回访|chase|check in)")
_PLEDGE: Final = lazy(
    r"(?:答应|承诺|保证(?![金书]))了?(?:(?P<us>我们?|咱们?)|(?P<them>[他她]们?|客户|对方|人家))?[ ]*(?P<what>[^，。；,;]{1,24})"
)
_CUT: Final = 10
"""How much of a long name may stand before what the pattern reaches."""
_MEETING: Final = frozenset("会后")
_AFTER_MEETING: Final = lazy(r"开(?:完|个|了)?会|会议|[会之以]后")
_IS_MOVED: Final = lazy(
    r"(?:时间|日期|交期|工期|节点|计划).{0,6}(?:提前|推迟|延|改|调|挪)|延长[到至]|[改挪推延换调](?:期|后|迟)?(?:到|至)[ ]*$|[改挪推延换调](?:到|至)[ ]{2,}|(?:重新|再)约到|(?<=[，, ])改[ ]{2,}"
)
_DONE: Final = lazy(
    r"(?<!答应)(?<!承诺)(?<!说好)(?<!约好)(?<!讲好)(?<!忘)了(?!解)|过(?!去|来|程|户|期|会儿?|年)|已经?|刚|完毕|结束|"
    r"到手|签收|[发寄签付报交送打](?:出|走|过去|来)?的[ ]*$|(?<=[ ])[发寄签报送装订买]出?的"
)
_TOLD_TO: Final = lazy(r"(?:让|叫|请|要求)(?:我|咱)们?[^，。,；;]{0,6}把[^，。,；;了]+了[ ]*$")
"""让我们把滤芯换了: 了 of what is yet to be done."""
_ARRANGED_FOR: Final = lazy(r"已经?安排[^，。,；;了过]{1,6}[ ]{2}[^，。,；;了过]*$")
"""已安排售后明天上门 is yet to come."""
_SOON_DONE: Final = lazy(r"(?:可以|能够?|快要|就要|该)[^，。,；;了]+了[ ]*$")
"""下周可以走合同了 is yet to come."""
_AGREED_TO_GIVE: Final = lazy(r"约了[ ]{2,}(?:[发交寄报]|给|出(?!来|去|发))[^，。,；;了过]*$")
"""约了今晚8点前发最终价 is yet to come."""
_SAID: Final = lazy(r"答应了?|承诺了?|说了?")
_FOR_ME: Final = lazy(r"(?:给|发|回复|答复|帮|找)我")
_COUNTED: Final = lazy(r"[份个套台款版]")
_ASKED_FOR: Final = lazy(
    r"[让请要叫]我们?(?:提供|发|给|出|做|准备|补|寄|送|报)|(?:想要|索要|需要|"
    r"要)(?!求)[^，。；,;哪啥么几多]{0,8}(?:报价单?|样品|样机|样板|图纸|资料|方案)[ ，,。!！]*(?:很?急|加急|着急|尽快)?[ 。!！]*$"
)
_TO_US: Final = lazy(
    r"(?<!让我)(?<!叫我)(?<!们)(?<!我)(?:(?:[打汇转寄发送传交拿拨][款钱货样品]{0,2}|"
    r"[款钱货样]{0,2}[打汇转寄发送传])(?:过来|给我们?)|[给发寄交](?:我们?|咱们?)[ ]*$|[覆回复]我们?(?!说)|(?<![他她们户方])[覆回]话|给(?:我们?|咱们?)(?:个|一个)?(?:回|"
    r"答|反|准|结|消|说|交|明|确))"
)
"""What comes to us is theirs to do."""
_THEIR_PART: Final = lazy(
    r"(?<!我们)(?<!我)(?:(?<!交)付(?!费|出)|(?<!退)款(?=到|打|汇|转|结)|(?<=[ ])[结清](?=[ ]*$)|[打汇转](?:款|钱|尾款|预付款|定金|过来)|(?<![a-z])t/?t(?![a-z])|走(?:法务|流程|审批)|(?<=[会就 ])还(?=[ ]*$)|(?<=[会就 ])转(?=[ ]*$|过来|给我)|(?:到|入)账|(?<!参加)(?<!的)招标(?!文件|书)|立项|开标|评标|定标|定(?=[ ]*$)|决定|用印|有(?:结果|答复|定论|准信)|签(?=[ ]*$)|签(?:掉|下来|单)|寄回来|签回|下[^，]{0,3}单|能结|款项?[^，。,；;]{0,6}付|拍板|审(?:批|完|核完)|批(?:下来|复)|走(?:完)?[^，。；,;了过]{0,6}?(?:流程|合同|手续)|有(?:消息|眉目|回音)|上会|定标|"
    r"(?<![a-z])(?:sign|approve|issue|pay|revert)(?![a-z])|给(?:个|一个)?(?:准信|回话|说法|结论|意见|决定))"
)
"""What a seller never does himself."""
_NOT_THEIRS: Final = lazy(r"^(?:记得|提醒|别忘|务必|答应(?!我)|承诺(?!我)|我|咱|需要?|得|要|给|把|跟|向|帮)")
_TOLD_ME: Final = lazy(r"[让叫要请催]我")
_SELLERS: Final = lazy(
    r"交货|发货|送货|供货|(?<!自己)安装|报价|开(?:发)?票|重开|投标|上门|调试|补货|修好|修复|整改|(?<!自己)装(?:完|好)|换新|更换|返修|维修|换货|出货|备货|排产"
)
"""What a customer never does himself."""
_WE_THEN: Final = lazy(
    r"[ ]{2,}(?:我们?|咱们?)(?:这边|就|再|会|来|先|立刻|马上)*(?P<what>(?:" + _GIVEN + r")[^，。；,;给]{0,10})$"
)
"""到账后三天内我们发货: ours, whatever comes before."""
_IN_USE: Final = lazy(r"(?:要|得|急)用[ ]*$")
"""他下周二汇报要用: by when, and nothing he gives."""
_OUR_DEPARTMENT: Final = lazy(r"[ ]*(?:我们?的?)?(?:技术部|研发部?|产品部|工程部|生产部|仓库|售后部?|设计部)")
_OUR_WORKS: Final = lazy(r"[ ]*(?:研发|仓库|车间|生产部?|售后|供应链)(?:那边|这边)?(?:说|讲|回复)")
"""研发说下周出: our own people."""
_TO_HIM: Final = lazy(
    r"(?<=[ ])回(?![复传款电执函单签应访来去家国到个])[\u4e00-\u9fff]{2,3}[ ]*$|[打转汇付寄送发拿]过去|给(?:他|她)们?(?:[打转汇付寄送发])"
)
_TOWARDS: Final = lazy(r"(?:给|发给|向|跟|和|帮|找|约|联系|提醒|回复)$")
_NO_GIFT: Final = lazy(
    r"^[去到][^，。；,;]{1,10}(?:签|谈|开|见|参观|考察|看)|^(?:去)?(?:回访|跟进|拜访|开会|见面|联系|打电话|演示|提醒|"
    r"上门|再(?!发|给|出|做|补|报|改|寄|送|交|提|准备)|约(?!定)|聊|谈|沟通)"
)
_TALK: Final = lazy(
    r"(?<![款金钱万元块])打给|^去一?趟|^(?:给[^，。,；;]{1,8})?驻场|送货(?:到|去)|去给[^，。,；;]{1,10}(?:修(?!改)|装|换|调试|保养|测|培训)|[跟和与][^，。,]{1,8}(?:confirm|check|(?:确认|核对|核实)一?下?$)|巡检|装机|保养|检修|年检|演示(?!视频|文稿|账号|机)|做个?demo|汇报方案|宣讲|讲方案|汇报$|^去汇报|去[他她]们?(?:那[儿边里]?|公司|厂|店|办公室|单位)|开[^，]{0,6}会$|回访|跟进|催(?:一下|一催|款|办|"
    r"回)|(?:帮我?|给我)?盯(?:一?下|着|紧)|送机|接机|接站|现场(?:评估|勘察|考察|调研)|回(?:个|一下)话|回电|回(?:个|一下)?(?:微信|消息|信息|短信)|发个?(?:微信|消息|信息|短信)(?=$|[说约问])|打电话|[打回通去](?:个|一个|一下|一遍)电话|拜访|开会|见面|提醒|联系(?!人|方式)|一起吃|找[^，。,；;]{1,6}(?:谈|聊|商量|聊聊|说说)|"
    r"考察|参观|当面|(?<!派人)(?<!师傅)(?<!工程师)上门(?!安装)"
)


_CAME_TODAY: Final = lazy(
    r"(?<![要会能前])今[天日早][^，。,；;要会能应前]{0,4}[到入]账|(?<![要会能前])今[天日早]才[^，。,；;]{0,3}(?:[发寄给签付]|回复|答复)"
)
"""What came in today is no promise."""
_NOT_GIVEN: Final = lazy(
    r"(?:没有?|未|还没)(?:给|回|发|付|寄|打)(?:我|过来|消息|信|话|钱|款)|(?:没有?|未|还没)[ ]*(?:再|怎么)?(?:下过?单|签|批|付(?!清)|确认|交货|发货|到账|回款|采购|安排|回复|提交|开票)|再不[^，。,；;]{1,10}就|(?<=[批付给出定签到交发做寄开打弄搞办拿赶])不(?:下来|了(?!解)|出来?|来|完|成|齐|上)|变卦|反悔|改口|别(?:再)?(?:找|催|打|问|联系|来|去|发)|(?:老板|领导|总部|上面|财务|他们?|她们?|对方|客户)[^，。,；;]{0,3}不(?:批|签|给|付|发|同意)"
)
"""What did not come is no promise, nor is what they threaten with: 再不发货就不要了."""
_PRESSING: Final = lazy(
    r"尽快|马上|赶紧|抓紧|立刻|立即|^[ ]*把[^，。；,;]{1,14}(?:再|重新|都)?(?:[发寄送交给改补传换修装弄]|邮件|快递|微信)|^[ ]*(?:提前|重新|先)?(?:安排|准备)|^[ ]*先(?:报|出)|^[ ]*(?:重新?[开发寄做打]|补[发寄开])|^[ ]*(?:派|这[两几]天|再[发寄传开]|开[^，。,；;]{0,5}(?:票|收据|证明))"
)
"""What we were told to do at once, or with the thing named, is owed though no day was said."""
_AT_WORK: Final = lazy(r"上门(?:处理|解决|维修|修|更?换|检修|排查|取|调试|安装|培训|测|维护|保养)")
"""Work at the customer's is more than a visit."""


STILL_OWED: Final = "答应的还没给"


def read(words: str, clause: Clause, inside: Sequence[Seen]) -> Form | None:
    """Whose promise a statement is; `inside` are the times in it."""
    if words.isascii() or (not inside and _MAY.isdisjoint(words)):
        return None
    plain = _CHASED.sub(_blanked, masked(words, clause, inside))
    if owed := _STILL_OWED.search(words):
        return Form("us", owed.start("what"), STILL_OWED)
    if not inside and (soon := _SOON.search(plain)):
        return Form("us", soon.start("what"), "回头")
    if not _MEETING.isdisjoint(plain):
        plain = _AFTER_MEETING.sub(lambda found: " " * len(found[0]), plain)
    return None if _is_none(words, plain) else _put(plain, inside)


_CHASED: Final = lazy(r"(?<=催)(?:了?[两三四五好几\d]+[次遍回]|了(?!解))")
"""催了两次对账单: what is chased is still to come."""


def _blanked(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _is_none(words: str, plain: str) -> bool:
    """What is only moved, what happened or did not, and what is met about."""
    if _IS_MOVED.search(plain) or _SIGNING.search(plain) or _FOLLOWS.match(plain):
        return True
    if (
        "双方" in plain
        or _IN_USE.search(plain)
        or _ASKING_THEM.search(plain)
        or _CAME_TODAY.search(words)
        or _NOT_GIVEN.search(plain)
    ):
        return True
    if not _DONE.search(plain) or _SAID.search(plain):
        return False
    return not (
        _TOLD_TO.search(plain)
        or _ARRANGED_FOR.search(plain)
        or _SOON_DONE.search(plain)
        or _AGREED_TO_GIVE.search(plain)
    )


def _put(plain: str, inside: Sequence[Seen]) -> Form | None:
    gives = GIVING.search(plain) is not None
    us = _US.search(plain) if gives else None
    ours = us is not None and _is_ours(us, plain)
    if inside and _I_WILL.search(plain) and not _TO_US.search(plain):
        thing = _WANTED_BEFORE.match(plain)
        return Form("us", thing.end() if thing else 0, "我明早发")
    to_us = _TO_US.search(plain) if inside else None
    if to_us and not (us and ours and us["modal"]) and not _TOLD_ME.search(plain, 0, to_us.start()):
        ours = _OUR_DEPARTMENT.match(plain) is not None
        return Form("us" if ours else "them", _from_what(plain, to_us.start()), "给我们")
    if us and ours and (inside or us["modal"] or "答应" in plain or "承诺" in plain):
        return Form("us", us.start("what"), "我们会")
    if inside and gives and (then := _WE_THEN.search(plain)) and not _TO_US.search(plain):
        return Form("us", then.start("what"), "我们发")
    them = _THEM.search(plain) if inside and gives else None
    if them and _is_theirs(them, plain):
        return Form("them", them.start("what"), "对方会")
    if inside and (pays := _PAYS.search(plain)):
        return Form("them", pays.start("what"), "定金周五打")
    if inside and (answer := _ANSWER_BY.search(plain)):
        return Form("them", answer.start("what"), "要答复")
    if inside and (demanded := _DEMANDED.search(plain)):
        return Form("us", demanded.start("what"), "要求")
    if (
        not inside
        and (told := _TOLD_US.search(plain))
        and told["what"].startswith("把")
        and _PRESSING.search(told["what"])
    ):
        return Form("us", told.start("what"), "让我们")
    if not inside and (awaited := _AWAITED.search(plain)):
        return Form("them", awaited.start("what"), "等他把它发来")
    if want := _WANT.search(plain):
        return Form("us", want.start("what"), "要一份", Way.WANTED if inside or _is_asked(want, plain) else Way.HINTED)
    if not inside and (paper := _PAPER.search(plain)):
        return Form("us", paper.start("what"), "要一份", Way.WANTED)
    if inside and (sent := _SENDS.search(plain)):
        return Form("us", sent.start("what"), "派人")
    if us and inside and not _NO_GIFT.search(us["what"].strip()):
        start = us.start("what") if us["modal"] or us["subject"] or us.start() > _CUT else 0
        return Form("them" if _THEIR_PART.search(plain) else "us", start, "待办", Way.BARE)
    if told := _TOLD_US.search(plain):
        return Form(
            "us", told.start("what"), "让我们", Way.SAID if inside or _PRESSING.search(told["what"]) else Way.HINTED
        )
    if not inside and (owed := _owed_at_all(plain)):
        return owed
    if not inside and (take := _TAKE.match(plain)):
        return Form("us", take.start("what"), "把它给")
    if inside and (pledge := _PLEDGE.search(plain)):
        return Form(_pledged_by(pledge, plain), pledge.start("what"), "答应")
    return None


def _from_what(plain: str, start: int) -> int:
    """Where 把 names what comes to us: 把接口文档发过来."""
    named = plain.rfind("把", 0, start)
    return named if named >= 0 else start


_OWED: Final = lazy(
    r"(?:还?欠着?)(?P<us>我们|咱们|我|咱)?(?:的)?(?P<them>[他她]们?|客户|对方|人家)?(?:的)?(?P<what>(?:一|[两三四五六几\d]+)[份个张套版批台封本件][^，。；,;了过没未]{1,14})(?<!的)(?:[没未还][^，。；,;]{0,6})?(?:$|[，。；,;])"
)
"""还欠我们一份盖章协议: theirs; 欠客户一份报告: ours."""
_STILL_OWED: Final = lazy(
    r"(?:答应|承诺|说好)了?要?(?:给|发|做)?[^，。；,;的]{1,6}的(?P<what>[^，。；,;没未]{2,12}?)(?:还|一直|到现在|都)*(?:没|未)有?(?:给|发|写|寄|做|弄|交|出|动|送|报|开|准备|整理)"
)
"""答应林晓的文档还没写: still ours to give, whenever it was promised."""
_AWAITED: Final = lazy(
    r"(?<![不别])等(?!我)[^，。；,;我]{0,8}?(?P<what>把[^，。；,;了]{1,14}[发寄给交传](?:过来|回来|给我们?|我们?))"
)
"""等张敏把清单发过来: theirs."""
_BEFORE_IT: Final = lazy(
    r"^[^，。；,;我了]{0,8}?(?:(?:前|之前|以前|时|后)?(?:还|也)?(?:要|得|必须|务必|需要)|(?:之前|以前|前|先))(?P<what>把[^，。；,;了]{1,12}(?:发|给|交|寄|送|传)(?:给)?(?:[他她]们?|客户|对方|过去))"
)
"""评审前要把数据发他们: ours, before no day of its own."""
_THEY_AGREE: Final = lazy(
    r"(?P<head>[^，。,；;我]*)(?:答应|承诺)了?(?:可以|先|会|再)*(?P<what>(?:付|打|预付|支付|下单|下个?单|采购|试用|试点|提供|配合)(?!方式|周期|条件|款方式)[^，。,；;了]{1,14})$"
)
"""丁一答应先付30%定金: theirs though no day was said."""
_IN_CHARGE: Final = lazy(
    r"(?P<head>[^，。,；;]{0,6})负责(?P<what>(?:提供|准备|安排|协调|出|开通|搭建|采购|申请|部署|安装|提交|整理)[^，。,；;的人了]{1,12})$"
)
"""郑凯负责提供服务器."""
_GIVEN_HINT: Final = lazy(r"^[ ]*(?:说好|答应|承诺)了?要?给[^，。；,;的]{1,6}的(?P<what>[^，。；,;没未]{2,10})$")
"""说好给林晓的折扣函: what a verb behind it is about."""
_MAKES_GOOD: Final = lazy(
    r"(?<!没)(?<!不)(?<!未)(?:答应|承诺)(?:了)?(?P<us>我们?|咱们?)?(?P<them>[他她]们?|客户|对方|人家)?(?:会|再|给)?(?:(?:给|帮|替|配合)?(?P<us2>我们|咱们))?(?:[他她]们?|客户|对方)?(?P<what>(?:补偿|赔偿?|免(?:费|掉|了|收|(?=[一两三半\d]))|减免|退[还款回]?|补[发寄上一]|换[一新]|延长|送[一两三\d]|多送|加送|介绍|引荐|推荐|帮(?:忙|我们?)|让[利价]|降(?:价|\d|[一二三五])|优惠|返|(?<=[给帮替合]我们)[\u4e00-\u9fff])[^，。；,;]{1,20})"
)
"""答应补偿一张券: ours to make good though no day was said."""


def _owed_at_all(plain: str) -> Form | None:
    """What is owed or pledged with no day said."""
    if owed := _OWED.search(plain):
        return Form("them" if owed["us"] else "us", owed.start("what"), "还欠一份")
    if before := _BEFORE_IT.search(plain):
        return Form("us", before.start("what"), "要把它给他")
    if hint := _GIVEN_HINT.match(plain):
        return Form("us", hint.start("what"), "说好给他的", Way.HINTED)
    if agree := _THEY_AGREE.fullmatch(plain):
        return Form("them", agree.start("what"), "他同意付")
    if charge := _IN_CHARGE.search(plain):
        ours = not charge["head"].strip() or "我" in charge["head"] or "咱" in charge["head"]
        return Form("us" if ours else "them", charge.start("what"), "负责提供")
    good = _MAKES_GOOD.search(plain)
    if good is None:
        return None
    head = plain[: good.start()].strip(" ，,")
    ours = not head or head.endswith(("我", "我们", "咱们", "只好", "就", "已经", "已"))
    theirs = good["us"] or good["us2"] or "我们" in good["what"] or good["what"].startswith(("介绍", "引荐", "推荐"))
    return Form("us" if (ours or good["them"]) and not theirs else "them", good.start("what"), "答应补偿")


def _pledged_by(pledge: re.Match[str], plain: str) -> By:
    """我答应 and 答应他 are ours, 他答应 and 答应我 theirs."""
    head = plain[: pledge.start()].strip(" ，,")
    if pledge["us"]:
        return "them"
    return "us" if pledge["them"] or not head or head.endswith(("我", "我们", "咱", "咱们", "就", "只好")) else "them"


_ARRANGED: Final = lazy(r"(?:技术|售后|工程师|师傅|维修|研发)|(?:[给帮替](?:我们?|咱们?|他们?|她们?|客户)|尽快)安排")
"""给我们安排一次见面: to arrange it is owed, though to meet is not."""


def is_talk(said: str) -> bool:
    """Whether it is only to talk or to meet, which is a reminder and no promise."""
    return not (_AT_WORK.search(said) or _ARRANGED.match(said)) and bool(_NO_GIFT.match(said) or _TALK.search(said))


def _is_ours(us: re.Match[str], plain: str) -> bool:
    """Whether we are the subject: 给我发 is theirs."""
    return (us["subject"] or "").startswith(("我", "咱")) and not _FOR_ME.search(plain[: us.start("what") + 3])


def _is_asked(want: re.Match[str], plain: str) -> bool:
    """Whether it was asked of us, and not only wished for."""
    return "们" in want[0] or bool(_COUNTED.search(want[0]) or _ASKED_FOR.match(plain, want.start()))


def _is_theirs(them: re.Match[str], plain: str) -> bool:
    if (
        _NOT_THEIRS.match(plain.strip())
        or _TOLD_ME.search(plain)
        or _TO_HIM.search(plain)
        or _SELLERS.search(them["what"])
        or _OUR_WORKS.match(plain)
    ):
        return False
    return not _TOWARDS.search(plain[: them.start()].strip())
