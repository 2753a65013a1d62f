"""Passwords and their digests."""

from classifiers._cell_tests import regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="password",
    zh=terms(
        """
        密码, 登录密码, 口令, 支付密码, 用户密码, 登陆密码, 旧密码, 新密码, 交易密码, 密码密文, 登录口令,
        登陆口令, 用户口令, 支付口令, 支付密码密文, 加密密码, 密码加密, 密码哈希, 密码摘要, 原密码,
        初始密码, 密码MD5, 查询密码, 取款密码, 提现密码, 手势密码, 安全密码, 开机密码, 邮箱密码, 二级密码,
        密码|口令|密语|暗码|登录口令|登录密码|支付密码|取款密码|账户密码|系统密码|管理密码|服务密码|
        网银密码+|密文|哈希|散列|散列值|加密串|摘要|明文|MD5, 密保答案|安全问题答案|密保问题答案|口令密文
        """
    ),
    en=terms(
        """
        password, passwd, pwd, pass, login password, pay password, password hash, pass word, old password,
        user password, pwd hash, passwd hash, user pwd, user pass, encrypted password, trade password,
        passcode, passwd md5, passwd enc, password enc, password md5, pay pwd, login pwd, trade pwd,
        user passwd, new password, old pwd, encrypt password, encrypted pwd, password cipher,
        hashed password, password digest, secret password, pin code, pay passwd, security password,
        gesture password, init password, initial password, pswd, pword, password str, psw, password|passwd|
        pwd|passcode|passphrase|pass_word|user_pass|login_pass|pin|user_secret|login_secret|account_secret|
        secret_word hash|digest|md5|sha|sha256|encrypted|cipher|enc|text|plain|bcrypt|, security_answer|
        secret_answer|secret_phrase|pass_code|pass_phrase|login_credential|user_credential
        """
    ),
    py=terms("mm, dlmm, mima, zfmm, kl, jymm, mmjm, yhmm, koul, denglumima, csmm, cxmm, dlkl"),
    match=regex(
        r"^\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{20,}$|^\{(?:bcrypt|SSHA|MD5)\}|^\$(?:1|5|6|argon2id?)\$",
        ignore_case=False,
    ),
    fits=regex(r"^\S{3,128}$"),
    alone=0.4,
    with_header=0.4,
    checked=True,
)
