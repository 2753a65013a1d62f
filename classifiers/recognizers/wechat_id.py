"""WeChat ids, openids and unionids."""

from classifiers._cell_tests import either, kernel, regex
from classifiers._recognizer import Recognizer

RECOGNIZER = Recognizer(
    type="wechat_id",
    zh=("微信号", "微信", "微信ID", "微信openid", "微信绑定", "小程序openid", "企业微信标识", "微信账号"),
    en=(
        "wechat id",
        "wechat",
        "wechat no",
        "openid",
        "open id",
        "unionid",
        "union id",
        "wx openid",
        "weixin openid",
        "weixin",
        "wx id",
        "mini openid",
        "wx openid",
        "weixin id",
        "wechat openid",
        "wx unionid",
    ),
    py=("wxh", "weixin", "weixinhao", "wxid"),
    match=regex(r"^wxid_[0-9a-z]{6,}$"),
    fits=either(kernel("wechat_id"), regex(r"^[A-Za-z][A-Za-z0-9_-]{5,31}$"), kernel("mobile")),
    alone=0.3,
    with_header=0.3,
    checked=True,
)
