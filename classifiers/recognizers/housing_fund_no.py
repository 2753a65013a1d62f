"""Housing provident fund accounts."""

from classifiers._cell_tests import either, masked, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="housing_fund_no",
    zh=terms(
        """
        公积金账号, 公积金帐号, 公积金号, 住房公积金账号, 公积金个人账号, 住房公积金号, 公积金编号,
        公积金账户, 个人公积金账号, 公积金账号码, 住房公积金账户, 公积金|住房公积金|房屋公积金|个人公积金|
        住房基金+账号|账户|号|编号|卡号|缴存账号|缴存号|个人编号|个人账号|个人账户|客户号|账户号码|登记号
        """
    ),
    en=terms(
        """
        housing fund no, provident fund no, housing fund account, gjj account, provident fund account,
        housing fund, gjj no, provident account, provident acct, hpf account, hpf no, housing fund id,
        housing provident fund no, housing provident account, housing|house|housing_provident|provident|
        accumulation|housing_accumulation|public|public_accumulation|public_housing fund|fund_account|
        fund_no|fund_card, housing_provident|provident|gjj|hpf|hf|accfund account|acct|no|id|card|
        personal_no
        """
    ),
    py=terms(
        """
        gjjzh, gjj, gjjzhh, zfgjjzh, gjjh, gjjbh, gjjgrzh, zfgjj, zfgjjzhh, gjjzhm, gongjijin, gongjijinzh,
        gongjijinzhanghao
        """
    ),
    fits=either(regex(r"^[A-Za-z]{0,4}[0-9]{6,20}$"), masked),
    with_header=0.3,
)
