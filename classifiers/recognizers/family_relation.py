"""Relation to the head of household or another person. Source: GB/T 4761-2008."""

from classifiers import lexicon
from classifiers._cell_tests import one_of_lexicon, only_if_varied
from classifiers._recognizer import Recognizer, terms

RECOGNIZER = Recognizer(
    type="family_relation",
    zh=terms(
        """
        与本人关系, 亲属关系, 关系, 家庭关系, 与户主关系, 与患者关系, 称谓, 联系人关系, 与被保险人关系,
        家庭成员关系, 关系人关系, 与投保人关系, 与借款人关系, 与学生关系, 与申请人关系, 与监护人关系,
        与客户关系, 社会关系, 亲属称谓, 与成员关系, 与|和+户主|本人|患者|学生|投保人|被保险人|申请人|借款人|
        监护人|被监护人|员工|客户|死者|儿童|主贷人|联系人|参保人|业主|紧急联系人+关系|亲属关系|的关系|
        亲缘关系, 亲属|亲戚|家属|家人|亲缘|家庭|社会|联系人|监护|紧急联系人|收益人|受益人+关系|关系类型|
        关系描述|称谓
        """
    ),
    en=terms(
        """
        relation, relationship, kinship, family relation, relation type name, relation with, family rel,
        rel to patient, relation to insured, relation with holder, relation type, relation name,
        relative relation, relationship to patient, relation to head, relation|relationship|rel|kinship to|
        with|of|between head|householder|patient|insured|student|applicant|holder|self|borrower|guardian|
        employee|subject|owner|child, family|kin|kinship|household|contact|guardian|emergency|beneficiary|
        relative|next_of_kin relation|relationship|rel|relation_type
        """
    ),
    py=terms("ybrgx, qsgx, yhzgx, jtgx, jtcygx, yxsgx, ytbrgx, yhzgxdm"),
    match=only_if_varied(one_of_lexicon("family_relations"), distinct=3),
    fits=one_of_lexicon("family_relations"),
    alone=0.35,
    with_header=0.5,
    coded=True,
    labels=lexicon.words("family_relations"),
)
