"""WeChat ids, openids and unionids."""

from classifiers._cell_tests import either, kernel, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="wechat_id",
    zh=terms(
        """
        微信号, 微信, 微信ID, 微信openid, 微信绑定, 小程序openid, 企业微信标识, 微信账号, 微信公众号OpenID,
        公众号openid, 微信UnionID, 联系微信, 客户微信, 客户微信号, 个人微信, 微信用户标识, 微信标识,
        微信小程序openid, 微信用户openid, 微信id号, 加微信, 微信|weixin|威信|微信小程序|微信公众号|企业微信|
        小程序|公众号+号|账号|openid|unionid|ID|用户ID|标识|
        """
    ),
    en=terms(
        """
        wechat id, wechat, wechat no, openid, open id, unionid, union id, wx openid, weixin openid, weixin,
        wx id, mini openid, wx openid, weixin id, wechat openid, wx unionid, wechat account, weixin no,
        weixin account, wx account, wx no, wx, wechat number, wechat union id, mp openid, wechat code,
        wechat user id, official openid, wx|wechat|weixin|mp union, external userid, external user id,
        wechat|weixin|wx|we_chat|mini_program|miniprogram|miniapp|
        official_account|wecom id|no|account|openid|open_id|unionid|union_id|user_id|number|name,
        wechat|wx openid|unionid code|
        """
    ),
    py=terms("wxh, weixin, weixinhao, wxid, khwx, lxwx, wxzh, wxhm, grwx"),
    match=regex(r"^wxid_[0-9a-z]{6,}$"),
    fits=either(kernel("wechat_id"), regex(r"^[A-Za-z][A-Za-z0-9_-]{5,31}$"), kernel("mobile"), masked),
    alone=0.3,
    with_header=0.3,
    checked=True,
)
