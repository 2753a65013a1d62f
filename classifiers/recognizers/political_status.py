"""Political affiliation. Source: GB/T 4762-1984."""

from classifiers import lexicon
from classifiers._cell_tests import one_of_lexicon, only_if_varied
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="political_status",
    zh=terms(
        """
        政治面貌, 政治身份, 党派, 政治面貌名称, 政治面貌代码, 党团关系, 党员状态, 党派名称, 党派代码, 政治|
        党派|党团|政治党派|参加党派|入党+面貌|身份|状况|成分|归属|情况|关系|隶属
        """
    ),
    en=terms(
        """
        political status, political, political affiliation, party member, politics status, political face,
        politics, party affiliation, political identity, political outlook, politics face, political|
        politics|party|partisan status|affiliation|outlook|identity|face|membership|stand|belonging|
        landscape, party_member|ccp_member|cpc_member|league_member flag|status|
        """
    ),
    py=terms("zzmm, zhengzhimianmao, zzmmdm, zzmmmc, zzsf"),
    match=only_if_varied(one_of_lexicon("political_statuses"), distinct=2),
    fits=one_of_lexicon("political_statuses"),
    alone=0.35,
    with_header=0.5,
    coded=True,
    labels=lexicon.words("political_statuses"),
)
