"""Session, access and refresh tokens."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="auth_token",
    zh=terms(
        """
        令牌, 会话标识, 访问令牌, 会话KEY, 微信登录会话KEY, 授权令牌, 刷新令牌, 登录令牌, 登录Token,
        用户令牌, 用户Token, 访问凭证, 登录凭证, 身份令牌, 会话ID, 会话编号, 会话号, 会话令牌, 会话凭证,
        会话token, 接口令牌, 认证令牌, Token值, 访问Token, 刷新Token, 访问|登录|授权|会话|认证|刷新|用户|
        身份|接口|单点登录|鉴权+令牌|凭证|凭据|票据|token|密钥串
        """
    ),
    en=terms(
        """
        token, access token, session id, refresh token, session key, auth token, jwt, id token,
        session token, api token, bearer token, sessionid, user token, ticket, auth key, user session,
        login session, jwt token, login token, authorization, oauth token, session uuid, session code,
        login ticket, csrf token, remember token, app token, jsessionid, session no, bearer, access ticket,
        access|auth|login|session|refresh|bearer|oauth|sso|id|user|api|security|authorization|jwt token|
        ticket|tkn|credential|token_value
        """
    ),
    py=terms(
        """
        lp_token, lingpai, hhbs, fwlp, hhid, dllp, yhlp, dlpz, hhlp, tokenz, hhbh, fwpz, dltoken, sxlp
        """
    ),
    match=regex(r"^(?:Bearer )?eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}", ignore_case=False),
    fits=regex(r"^\S{8,}$"),
    alone=0.4,
    with_header=0.4,
    checked=True,
)
