"""Wallet addresses and holdings of virtual currency: Bitcoin (base58, bech32), Ethereum, Tron."""

from classifiers._cell_tests import number, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="virtual_property",
    zh=terms(
        """
        钱包|数字钱包|虚拟币|数字货币|加密货币|区块链钱包|比特币|以太坊|USDT+地址|余额|账户|账号|钱包地址|
        持有量, 链上地址|收币地址|提币地址|充币地址|游戏币余额|虚拟货币
        """
    ),
    en=terms(
        """
        wallet|crypto|crypto_wallet|btc|eth|usdt|bitcoin|ethereum|blockchain|coin address|addr|
        wallet_address|balance|holding|account, withdraw|deposit coin_address,
        virtual|game currency|coins|coin_balance
        """
    ),
    py=terms("qbdz|xnb|szhbdz"),
    match=regex(
        r"^0x[0-9a-fA-F]{40}$|^(?:[13][a-km-zA-HJ-NP-Z1-9]{25,34}|bc1[02-9ac-hj-np-z]{11,71}|T[1-9A-HJ-NP-Za-km-z]{33})$",
        ignore_case=False,
    ),
    fits=number(0, 1e12),
    with_header=0.4,
)
