"""Words from which the demo people are made: common surnames, given names, places, goods.

Everyday words chosen by hand; the division codes are those of GB/T 2260 for well-known districts.
"""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# (surname, pinyin), commonest first: the order gives the weight.
SURNAMES = tuple(
    entry.split(":")
    for entry in _words(
        "王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 黄:huang 赵:zhao 吴:wu 周:zhou 徐:xu 孙:sun "
        "马:ma 朱:zhu 胡:hu 郭:guo 何:he 林:lin 高:gao 罗:luo 郑:zheng 梁:liang 谢:xie 宋:song 唐:tang "
        "许:xu 邓:deng 韩:han 冯:feng 曹:cao 彭:peng 曾:zeng 肖:xiao 田:tian 董:dong 潘:pan 袁:yuan "
        "蔡:cai 蒋:jiang 余:yu 于:yu 杜:du 叶:ye 程:cheng 魏:wei 苏:su 吕:lv 丁:ding 任:ren 卢:lu "
        "姚:yao 沈:shen 钟:zhong 姜:jiang 崔:cui 谭:tan 陆:lu 范:fan 汪:wang 廖:liao 石:shi 金:jin "
        "韦:wei 贾:jia 夏:xia 付:fu 方:fang 邹:zou 熊:xiong 白:bai 孟:meng 秦:qin 邱:qiu 侯:hou "
        "江:jiang 尹:yin 薛:xue 闫:yan 段:duan 雷:lei 龙:long 黎:li 史:shi 陶:tao 贺:he 毛:mao 郝:hao "
        "顾:gu 龚:gong 邵:shao 欧阳:ouyang 司马:sima 上官:shangguan"
    )
)
GIVEN_MALE = _words(
    "伟 强 磊 军 勇 杰 涛 明 超 刚 平 辉 鹏 华 飞 鑫 波 斌 宇 浩 凯 健 俊 帆 帅 旭 宁 龙 林 峰 建国 "
    "建华 志强 志明 国强 文博 子轩 浩然 宇航 俊杰 晓东 海涛 天佑 思源 嘉豪 一鸣 梓豪 博文 家俊 少华 "
    "永康 振宇 立新 东升 庆生 泽宇 明轩 锦程 瑞霖 承志 书豪 启航"
)
GIVEN_FEMALE = _words(
    "芳 娜 敏 静 丽 艳 娟 霞 燕 玲 婷 红 梅 莉 萍 颖 琳 雪 慧 倩 洁 丹 蕾 薇 晶 欣 佳 莹 秀英 桂英 "
    "秀兰 玉兰 淑珍 桂兰 雅婷 思雨 梓涵 欣怡 诗涵 佳怡 雨桐 可馨 梦瑶 婉清 晓燕 春梅 丽华 海燕 文静 "
    "语嫣 若曦 静怡 美玲 紫萱 晨曦 依诺 沐瑶 芷若 月娥 凤英"
)
# (division code, province, city, district)
REGIONS = tuple(
    entry.split(":")
    for entry in _words(
        "110101:北京市::东城区 110105:北京市::朝阳区 110108:北京市::海淀区 120101:天津市::和平区 "
        "310104:上海市::徐汇区 310115:上海市::浦东新区 310110:上海市::杨浦区 500103:重庆市::渝中区 "
        "500112:重庆市::渝北区 130102:河北省:石家庄市:长安区 140105:山西省:太原市:小店区 "
        "210102:辽宁省:沈阳市:和平区 210202:辽宁省:大连市:中山区 220102:吉林省:长春市:南关区 "
        "230103:黑龙江省:哈尔滨市:南岗区 320102:江苏省:南京市:玄武区 320104:江苏省:南京市:秦淮区 "
        "320508:江苏省:苏州市:姑苏区 330106:浙江省:杭州市:西湖区 330203:浙江省:宁波市:海曙区 "
        "340104:安徽省:合肥市:蜀山区 350102:福建省:福州市:鼓楼区 350203:福建省:厦门市:思明区 "
        "360102:江西省:南昌市:东湖区 370102:山东省:济南市:历下区 370202:山东省:青岛市:市南区 "
        "410102:河南省:郑州市:中原区 420106:湖北省:武汉市:武昌区 420111:湖北省:武汉市:洪山区 "
        "430102:湖南省:长沙市:芙蓉区 440103:广东省:广州市:荔湾区 440106:广东省:广州市:天河区 "
        "440304:广东省:深圳市:福田区 440305:广东省:深圳市:南山区 450103:广西壮族自治区:南宁市:青秀区 "
        "460106:海南省:海口市:龙华区 510104:四川省:成都市:锦江区 510107:四川省:成都市:武侯区 "
        "520102:贵州省:贵阳市:南明区 530102:云南省:昆明市:五华区 610113:陕西省:西安市:雁塔区 "
        "620102:甘肃省:兰州市:城关区"
    )
)
ROADS = _words(
    "人民路 中山路 解放路 建设大道 和平街 文化路 学府路 长江路 黄河路 新华街 青年路 滨河路 科技路 迎宾大道"
)
ESTATES = _words("阳光花园 锦绣家园 翠湖小区 金桂苑 书香门第 绿地新城 和谐家园 东方名邸 梧桐苑 碧水湾")
MOBILE_PREFIXES = _words(
    "130 131 132 133 134 135 136 137 138 139 150 151 152 155 156 157 158 159 166 173 175 176 177 178 "
    "180 181 182 183 185 186 187 188 189 191 193 198 199"
)
CARD_BINS = ("622202", "621700", "622848", "621661", "622262", "621226")
MAIL_DOMAINS = ("163.com", "126.com", "qq.com", "sina.com", "outlook.com", "foxmail.com", "139.com")
USER_AGENTS = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 15; V2324A) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; HarmonyOS; ALN-AL00) AppleWebKit/537.36 Chrome/114.0 Mobile Safari/537.36",
)
EVENTS = ("launch", "view_item", "search", "add_to_cart", "checkout", "logout")
PAGES = ("/home", "/list", "/item", "/cart", "/me", "/coupon")
CHANNELS = ("小程序", "门店", "官网", "第三方")
DEPARTMENTS = ("销售部", "市场部", "财务部", "人力资源部", "信息技术部", "物流部", "客服部")
POSTS = ("专员", "主管", "经理", "工程师", "会计", "店长", "总监")
BLOOD_TYPES = ("A型", "B型", "AB型", "O型")
DIAGNOSES = (
    "未见明显异常",
    "原发性高血压",
    "2型糖尿病",
    "脂肪肝",
    "甲状腺结节",
    "慢性胃炎",
    "过敏性鼻炎",
    "高脂血症",
    "支气管哮喘",
    "轻度贫血",
    "近视",
    "龋齿",
)
PRODUCTS = (
    "平安树盆栽",
    "白糖 1kg",
    "马克杯",
    "金龙鱼食用油 5L",
    "高山云雾茶",
    "田园风桌布",
    "方便面五连包",
    "石榴汁",
    "江小白礼盒",
    "熊猫抱枕",
    "雷达杀虫剂",
    "夏凉被",
    "李子园甜牛奶",
    "毛巾三条装",
)
COMPANY_HEADS = ("华信", "天诚", "瑞丰", "博远", "金石", "江南", "海纳", "明德")
COMPANY_TAILS = ("科技有限公司", "商贸有限公司", "物流股份有限公司", "食品有限公司")
REMARKS = (
    "尽快发货",
    "周末送货，谢谢",
    "放快递柜",
    "不要辣",
    "开发票，抬头公司",
    "轻拿轻放",
    "放门口即可",
    "工作日送达",
)
CALL_NOTES = ("未接通", "有意向，下周再联系", "已加微信", "价格偏高", "暂不考虑", "要求寄送资料")
