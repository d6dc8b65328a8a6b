"""How customers ask for a person, and what only sounds like it. The second sets are for trying afterwards."""

WISHES = """
I want to talk to a human
can I speak to a real person please
human please
agent
operator
representative!
live agent
talk to someone
let me speak with someone from your team
please connect me to an agent
transfer me to customer service
is there anybody there I can talk to?
I don't want to talk to a bot
no bots please
stop the robot, I need a person
get me a human being
could a person answer me?
I'd rather chat with a human
put me through to support
can somebody call me?
please have someone call me back
I need to speak to your manager
let me talk to the person in charge
can a real human look at this
this bot is useless, give me a person
I want customer support staff not a machine
speak to sales rep
could I please talk with one of your colleagues
is a human reading this?
can I have a live chat with an employee
I need help from a real person
want a human
connect me with a specialist
I would like to be called by somebody
may I speak to someone about my invoice
who can I talk to about this
just let me talk to somebody
not a robot, a person!
I'm tired of automatic answers, human please
real person now
please get someone to contact me
can you pass me to a colleague
I wish to speak to a representative
give me your supervisor
need to talk to a technician
switch me to a human agent
talk to human
chat with an agent
can an engineer call me
any human there?
转人工
人工客服
人工
我要人工
请转人工服务
找真人
有没有真人
我要跟人说话
能不能找个人跟我聊
我想和客服说话
叫个客服来
让客服联系我
我不要机器人
别用机器人回我
不想跟机器人聊
换个人来
找你们经理
我要找负责人
叫你们主管来
让你们领导给我打电话
有人吗？我要找人
能安排个人给我回电话吗
请安排专人联系我
给我转接客服
转接人工坐席
接人工
我要和真人沟通
你们有活人吗
来个活人
人呢，来个人
麻烦叫个人来处理
可以跟业务员直接说吗
我想直接跟工程师沟通
请技术人员联系我
叫销售联系我
真人客服在吗
请问怎么转人工
怎么联系人工客服
我需要人工帮助
请帮我接通人工
不要自动回复，找人来
自动回复没用，要人工
机器人听不懂，换人工
能打个电话给我吗
请打电话给我
让人给我回个电话
我要投诉，叫你们经理来
找客服
客服人员呢
能找个懂的人来吗
""".strip().splitlines()
LOOK_ALIKES = """
the operator of our machine was hurt
our new operator needs training
who is the contact person on the invoice
the agent code on the label is wrong
we use release agent for the mould
do you have a representative sample
a person fell over the cable
is one person enough to run it
how many people can use the app
your engineer was here yesterday
the technician left his gloves here
I talked to your manager last week and all is fine
I spoke with a colleague of yours about the price
someone broke the door
somebody stole the battery
please send the quote to our manager
our manager wants two more machines
the robot arm does not move
do you sell robots
the bot in our system sends orders by api
can the robot be repaired
the human machine interface is dark
is the machine safe for people
do you have staff discount
what does support cost per year
the support bracket is broken
call me Ann
I will call you tomorrow
you can call the machine X200
thanks, your person on site was great
the supervisor password is lost
which agent sells your goods in Peru
we are an agent of a German brand
please add one more user
I want to buy two pumps
I need a replacement part
can I have the manual
let me check with our team
give me a discount
I want my money back
is anybody else having this problem
the call button does not work
customer service hours please
is your service free
how do I contact the carrier
I want to change my order
connect me to the wifi of the machine
how do I connect the machine to the network
transfer the money to which account
can you transfer the licence to a new user
the live view is black
real time data is late
the talk yesterday was good
we need someone's signature on the note
your sales terms please
I'd like a person name plate for the desk
human error, my fault
no automatic start any more
the automatic door is stuck
chat history is gone
人工费多少钱
人工智能功能怎么用
安装要几个人
人工成本太高
机器人手臂不动了
你们卖机器人吗
机器人报警E3
焊接机器人能送修吗
这个岗位需要人工操作吗
手动还是人工上料
我们经理要两台
我们经理在开会
你们经理上周来过
上次的工程师很专业
技术人员已经到了
客服几点上班
客服电话是多少
客服态度很好
真人大小的模型有吗
我换了联系人
联系人改成王芳
请联系物流公司改地址
我打电话给你们了
明天我给你打电话
电话打不通的机器
电话按钮坏了
人脸识别不灵
有人按了急停
有人把线剪断了
人多的时候系统很慢
负责人签字了
请找一下我的订单
帮我找发票
找不到说明书
换个密封圈
换个大一点的型号
来个报价
来两台
自动上料坏了
自动回油阀漏油
""".strip().splitlines()
SECOND_WISHES = """
can a human being take over
hello? anyone real here?
I want to speak to a member of staff
pls let me talk with person
agent please, this is not working
I'd prefer to talk to someone
can you get somebody from service on this
have your boss call me
put a human on
I need an actual person
customer service representative
how can I reach a human
talk to support
forward me to the right person please
could you have an advisor contact me
stop answering me automatically, I want a person
can I talk to Bob's boss
let someone human answer
is there a person I could talk to
I demand to speak with a manager
给我找个人
我要真人服务
能转给人工吗
帮忙转一下人工
喊你们客服出来
我想跟人聊
让负责的人来跟我说
不跟机器说话，找人
请派人联系我
有没有人工啊
能不能来个真人
麻烦转客服
我要和你们经理谈
给我回电话
安排一个客服给我
别自动回复了行吗，找个人
叫技术来跟我说
人工服务在哪
我要找你们老板
转专员
""".strip().splitlines()
SECOND_LOOK_ALIKES = """
the previous owner of the machine is dead
a colleague of mine has ordered it
does the agent for cleaning harm the paint
our boss is on holiday
an employee of ours needs a login
the person in the photo is not me
your staff packed it well
what is the operator manual number
call volume was low this week
is the engineer coming today
the speaker makes no sound
talking display is broken
I prefer the blue one
support for windows 11?
the transfer pump leaks
how many agents are allowed in the basic plan
the service lamp is on
manager role cannot see the report
please contact our accountant for the invoice
somebody signed for the parcel
有两个人不会用
人工费可以便宜点吗
机器人程序怎么备份
经理角色看不到报表
客服说会补发的
工程师今天来吗
联系电话写错了
打电话没人接的问题解决了
人员名单发你了
我们老板出差了
接头漏水
转速太低
转盘卡住了
专员证书有吗
找到原因了
安排周三发货行吗
派送员没送到门
回电话的是小王
真的很好用
人字梯有卖吗
""".strip().splitlines()
