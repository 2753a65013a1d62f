"""Applications that are installed on a person's device."""

from classifiers._cell_tests import either, regex
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="app_list",
    zh=terms(
        """
        已安装|安装|手机|本机|应用|装机+应用列表|软件列表|APP列表|应用清单|应用包名|APP清单,
        应用列表|软件列表|APP列表|安装列表
        """
    ),
    en=terms(
        """
        installed|install|local|phone apps|app_list|packages|applications|software,
        app_list|applist|app_packages|installed_app
        """
    ),
    py=terms("yylb|rjlb|applb|azlb"),
    fits=either(regex(r"^\s*[\[{]"), regex(r"(?:com|cn|org|net|io|tv)\.[A-Za-z0-9_]+"), regex(r"[,;|、]")),
    with_header=0.4,
)
