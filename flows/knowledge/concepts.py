# ruff: noqa: E501 -- a concept is one line
"""Words that mean the same in questions to a firm's service, in both languages; each firm adds its own (`/kb same`).

English words stand as people type them; they are compared by stem. A Chinese word is found wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

CONCEPTS: Sequence[str] = (
    "return give-back send-back refund money-back 退货 退回 退掉 退款 退钱 想退 不想要了 退换",
    "invoice vat tax-number 发票 开票 专票 普票 税号 抬头",
    "delivery deliver ship shipping dispatch arrive arrival lead-time 发货 到货 送达 交货 到的 能到 收到货 几天到 货期",
    "track tracking parcel shipment courier carrier 物流 快递 单号 运单 到哪",
    "warranty guarantee cover covered 保修 质保 三包 过保 保质",
    "repair fix fixing defective mend 维修 送修 修理 返修 寄修 寄回去",
    "noise noisy loud rattle rattling squeak sound 噪音 异响 声音大 声音很大 咔咔 响声 噪声",
    "start-up turn-on switch-on boot power-on does-not-start won't-start won't-turn pressed-start 开不了机 无法启动 启动不了 启动 不启动 开机 打不开机 没反应",
    "clean cleaning lubricate lubrication oil oiled grease maintain maintenance 保养 润滑 清洁 清洗 加油 油 维护",
    "spare replacement-part part parts 备件 配件 零件 零部件",
    "password log-in login sign-in 密码 登录 登不上 登陆",
    "user users colleague seat seats account invite 用户 账号 帐号 席位 同事",
    "plan plans subscription pro basic package 套餐 专业版 基础版 订阅 版本",
    "price prices cost costs fee charge how-much 价格 多少钱 费用 收费 什么价 报价 价钱 要钱 几钱",
    "cancel unsubscribe stop-our terminate 取消 退订 不用了 终止 不续",
    "export download backup csv 导出 导出来 备份",
    "pay payment card cards alipay wechat-pay bill 付款 支付 支付宝 微信支付 微信付款 刷卡 月结 账期 付吗 可以付",
    "bank transfer wire remittance bank-account 银行 转账 对公 打款 汇款 开户行",
    "discount cheaper rebate volume bulk quantities large-quantity pieces 优惠 折扣 打折 几折 批量 量大 买得多",
    "change modify amend wrong-address increase-quantity 修改 改一下 能改 更改 变更 要改",
    "order orders purchase 订单 下单 采购 订购",
    "damaged broken dented shattered crack cracked smashed 破损 坏的 摔坏 破了 烂了 碎了 压坏 损坏",
    "missing wrong-item wrong-size short-delivered 少件 少发 少了 发错 错发 漏发 缺件 型号不对",
    "hours opening available weekend weekends office-hours what-time 几点 工作时间 上班 下班 周末 营业 值班 在线",
    "install installation installed commissioning set-up 安装 调试 装机",
    "training train trained course operators 培训 教学 学习操作",
    "manual manuals drawing drawings cad instructions 说明书 图纸 手册 操作说明",
    "certificate certificates certification iso ce report test-report 证书 认证 检测报告 资质 报告",
    "sample samples 样品 样件 打样",
    "custom customized custom-made own-drawing special-design bespoke 定制 定做 非标 来图 订做",
    "privacy encrypted stored data deleted gdpr 数据 隐私 加密 信息安全 删除",
    "api interface integrate integration endpoint 接口 对接 密钥 调用",
    "app mobile android iphone phone-app offline 手机 安卓 苹果 app",
    "dealer distributor reseller agent partner sell-your 代理 加盟 经销 分销 代理商",
    "temperature overheat overheating hot heat cooling 温度 过热 高温 发烫 散热",
    "alarm error code fault-code 报警 故障码 错误码 警报",
    "service support hotline customer-service 客服 售后 热线",
    "stock in-stock availability 现货 库存 有货",
    "address 地址 收货地址",
    "quantity amount 数量",
    "reset 重置 找回",
    "contract agreement 合同 协议",
    "free 免费 不要钱",
)
