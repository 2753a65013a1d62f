"""Calls, messages, chats: content, and who spoke when and for how long."""

from classifiers._cell_tests import either, number, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="communication",
    zh=terms(
        """
        通话|呼叫|来电|去电|通信|通讯|聊天|会话|短信|彩信|私信|客服会话+记录|详单|话单|内容记录|历史|
        聊天内容|往来记录, 通话时长|通话秒数|主叫时长|被叫时长|聊天内容|私信内容|聊天消息|通话录音|通话文本|
        通话转写|往来邮件内容
        """
    ),
    en=terms(
        """
        call|calls|chat|sms|conversation|dialog|im|cdr|email_conversation record|records|history|
        log|transcript|detail, call_duration|call_seconds|talk_duration|talk_time|chat_content|chat_message|
        chat_text|private_message|call_recording|call_transcript|cdr
        """
    ),
    py=terms("thsc|thjl|ltjl|ltnr|thxd|sxnr"),
    fits=either(number(0, 1e6), regex(r"\p{Han}{2,}|[A-Za-z]{3,}|^[0-9]{1,2}:[0-9]{2}")),
    with_header=0.5,
)
