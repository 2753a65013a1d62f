"""Accounts, login names, nicknames, member and user numbers."""

from classifiers._cell_tests import either, regex, unless
from classifiers._recognizer import Recognizer, terms
from classifiers.issued import ISSUED

_DATE = r"^(?:19|20)\d{2}[-./年][01]?\d[-./月][0-3]?\d日?$"  # as of the last login

_WHOSE = (
    "user", "customer", "cust", "app user", "buyer", "client", "player", "shopper", "rider", "passenger",
    "subscriber", "learner", "trainee", "borrower", "lender", "investor", "applicant", "candidate",
    "jobseeker", "job seeker", "volunteer", "donor", "resident", "householder", "tourist",
    "participant", "panelist", "viewer", "follower", "bidder", "from user", "to user",
)  # fmt: skip
# Headers that any table of a database has, that count guests and visitors, or that other cards have, too.
_ANY_TABLE = (
    rf"^(?:(?:{'|'.join(_WHOSE)}) ?id|(?:guest|visitor|owner) (?:id|no)|owner code|card no|card number|"
    r"(?:app )?uid|member|(?:用户|会员|客户|买家|顾客|玩家)id|卡号|kahao)$"
)

RECOGNIZER = Recognizer(
    type="user_account",
    zh=terms(
        """
        账号, 登录名, 会员号, 昵称, 用户名, 帐号, 用户账号, 用户帐号, 登录账号, 登录用户名, 会员用户名,
        会员编号, 用户昵称, 会员账号, ?卡号, ?用户ID, ?会员ID, ?买家ID, ?顾客ID, ?玩家ID, 客户号, 客户编号,
        登陆账号, 登陆名, 用户编号, 网名, 会员卡号, 用户名称, 操作用户账号, 操作人员, 会员名,
        钉钉标识, ?客户ID, 会员ID号, 会员号码, 会员代码,
        用户号, 用户代码, 用户标识, 用户唯一标识, 用户名ID, 客户代码, 客户ID号, 客户标识, 客户唯一标识,
        登录用户, 登录ID, 登录账户, 登陆账户, 登陆用户名, 平台账号, 系统账号, 游戏账号, 支付宝账号, 支付宝,
        淘宝账号, 抖音号, 微信昵称, 花名, 会员昵称, 客户昵称, 贵宾卡号, 积分卡号, 社交账号, 账户名,
        注册账号, 玩家昵称, 网络昵称, 用户登录名, 会员|用户|客户|登录|登陆|平台|系统|网站|游戏|论坛|社区|
        淘宝|京东|抖音|快手|支付宝|钉钉|贵宾|积分|玩家|作者|主播|注册+账号|帐号|账户名|号码|卡号|昵称|
        用户名|登录名|会员名, 支付宝账户|支付宝号|收款支付宝|小红书号|快手号|陌陌号|B站UID|第三方账号|
        网名昵称, 个人编号, 户号, 用电|用水|用气|燃气|水表|电表|供电|供水|电力|缴费|客户+户号,
        一码通号, 一码通账号, 一码通账户, 一码通账户号码, 股东账号, 股东账户, 股东代码, 股东卡号, 证券账号,
        证券账户, 证券账户号码,
        老人|长者|居民|宝宝|婴儿|婴幼儿|村民|志愿者|献血者|捐赠人|捐赠者|借款人|业主|住户|租客|农户|运动员|党员|参保人|参保人员|
        服刑人员|罪犯|戒毒人员|儿童|幼儿|新生儿|旅客|乘客|访客|顾客|买家|求职者|候选人|选手|孕妇|产妇|受助人|
        救助对象|帮扶对象|服务对象|监管对象|竞买人|接种者|受种者|贫困户|低保户|持卡人|车主|投保人|被保险人+编号|编码|代码,
        读者证号, 读者编号, 读者号, 借书证号, 借阅证号, 图书证号, 常旅客|飞行常客+卡号|号|号码|编号
        """
    ),
    en=terms(
        """
        username, ?account, member no, nick name, user name, nickname, login name, member id, login id,
        account name, user account, member username, member nickname, account id, login account, login,
        member code, member nick name, user code, screen name, ?userid, customer no,
        cust no, member number, customer code, oper name, user no, passport id, login user, ?uid,
        wx ding userid, member card no, ?member, usr cd, usr name, cust id no, customer number, member card,
        vip no, vip card no, loyalty no, alipay account, alipay, alipay id, alipay no, douyin id,
        account code, account login, logon name, logon id, sign in name, user identity, user identifier,
        customer identifier, nick, alias name, display name, petname, player name, player id, author id,
        cif, cif no, cif id, subs id, subs no, aac001, cons no, cons id, consumer no,
        reader no, reader card no, library card no, patron no, patron id, ffp no, ffp card no, ffp member no,
        frequent flyer no, frequent flyer id, frequent flyer card no,
        client|elder|baby|toddler|bidder|resident|villager|volunteer|donor|borrower|householder|lessee|landlord|farmer|athlete|inmate|
        prisoner|detainee|applicant|rider|policyholder|membership|cardholder|beneficiary|tourist|traveler|traveller|shopper|infant
        no|code|number|num, wechat nickname, wx nickname, subscriber id, profile name, member identifier,
        user num, user number, ?app uid, ouid, open uid, ?from userid, ?to userid,
        member|user|login|logon|sign_in|signin|platform|site|forum|game|player|loyalty|membership|vip|
        alipay|taobao|jd|douyin|tiktok|dingtalk|author|streamer|registered|subscriber|screen account|
        account_name|account_id|account_no|login_name|nickname|nick_name|user_name|username|handle|card_no|
        alias
        """
    )
    + tuple(f"?{whom} id" for whom in _WHOSE)
    + tuple(f"?{whom} {number}" for whom in ("guest", "visitor", "owner") for number in ("id", "no"))
    + ("?owner code", "?card no", "?card number"),
    py=terms(
        """
        zhm, hyh, hyk, nc, zhanghao, yhm, yhmc, huiyuan, hyid, hybh, dlm, dlzh, khh, khbh, yhzhm, hyzh, zh,
        nicheng, yhid, hykh, dlyhm, dlid, yhbh, yhdm, yhbs, khdm, khid, hydm, hyhm, hynick, yhnc, hync,
        wxnc, ?kahao, ymth, gdzh, gddm, zfbzh, zhanghu, yonghuming, huiyuanhao
        """
    ),
    fits=unless(
        either(regex(r"^[A-Za-z0-9_@.\-]{2,64}$"), regex(r"^[\p{Han}A-Za-z0-9_\-·. ]{2,20}$")), regex(_DATE)
    ),
    with_header=0.5,
    fits_of=((_ANY_TABLE, regex(ISSUED)),),
)
