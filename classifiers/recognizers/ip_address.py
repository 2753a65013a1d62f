"""IPv4 and IPv6 addresses. Source: RFC 791, RFC 4291."""

import numpy as np
import pyarrow.compute as pc

from classifiers._cell_tests import either, kernel, regex
from classifiers._recognizer import Matches, Recognizer, terms
from classifiers.cells import Cells

_PORT = r"^[0-9]{1,3}(?:\.[0-9]{1,3}){3}:[0-9]{1,5}$"
_ADDRESS = either(kernel("ip_address"), regex(_PORT))


def _spread_addresses(cells: Cells) -> Matches:
    """Version numbers such as 3.12.0.7 look like addresses; across a column their parts stay small."""
    large = pc.match_substring_regex(cells.text, r"(?:^|\.)(?:[6-9][0-9]|1[0-9]{2}|2[0-5][0-9])(?:\.|$)|:")
    spread = float(np.sum(large.to_numpy(zero_copy_only=False))) > 0.5 * len(cells.text)
    return _ADDRESS(cells) if spread else np.zeros(len(cells.text), dtype=bool)


RECOGNIZER = Recognizer(
    type="ip_address",
    zh=terms(
        """
        IP地址, 登录IP, IP, 客户端IP, 最后登录IP, 请求IP, 主机地址, 操作IP, 注册IP, 用户IP, 登陆IP, 来源IP,
        远程地址, 访问IP, 上次登录IP, 最近登录IP, 登录IP地址, 注册IP地址, 访问者IP, 终端IP, 外网IP, 公网IP,
        内网IP, 源IP, 源IP地址, 客户端地址, 下单IP, 支付IP, 交易IP, 本机IP, 上网IP, 远程IP, 登录|注册|访问|
        来源|客户端|终端|下单|支付|操作|请求|用户|最后登录|上次登录|源|对端|远端|远程|出口|公网|外网|内网|
        本地|主机|评论|发帖|发布|投票|设备+IP|IP地址|IP地址值|ip
        """
    ),
    en=terms(
        """
        ip, client ip, login ip, ip address, ip addr, user ip, remote ip, remote addr, request ip, ipaddr,
        last login ip, oper ip, member ip, source ip, src ip, register ip, visitor ip, ipv4, ipv6, reg ip,
        access ip, visit ip, last ip, host ip, public ip, wan ip, lan ip, local ip, origin ip, real ip,
        create ip, order ip, pay ip, trade ip, device ip, sip, ip str, from ip, x forwarded for,
        forwarded for, req ip, operator ip, client|remote|peer|source|src|from|login|register|registration|
        visitor|user|last|last_login|request|access|caller|origin|real|public|external|internal|wan|lan|
        local|host|device|order|post|comment|signup|sign_up|session|x_real|dst|dest|destination|
        gateway_client ip|ip_addr|ip_address|ipaddr|ipv4|ipv6|host_ip
        """
    ),
    py=terms("ipdz, dlip, khdip, zcip, fwip, czip, dlipdz, scdlip, zdip, zcipdz, ydip"),
    match=_spread_addresses,
    fits=_ADDRESS,
    lookalikes="版本|ver",
    alone=0.3,
    with_header=0.15,
    by_chance=True,
)
