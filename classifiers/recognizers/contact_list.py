"""Address books, friend lists, group lists."""

from classifiers._cell_tests import either, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="contact_list",
    zh=terms(
        """
        通讯录|手机通讯录|好友|好友关系|微信好友|联系人|群组|关注人|邮箱联系人+列表|清单|名单|数据|明细,
        通讯录|通讯录内容|好友|好友列表|群列表|邮件列表
        """
    ),
    en=terms(
        """
        address_book|addressbook|phonebook|phone_book, contact|contacts|friend|friends|buddy|group_member|
        follow|following list|book|ids
        """
    ),
    py=terms("txl|hylb|lxrlb"),
    fits=either(regex(r"^\s*[\[{]"), regex(r"[,;|、]")),
    with_header=0.4,
)
