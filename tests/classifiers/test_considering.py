"""What was considered for a column and not tagged, and why."""

from __future__ import annotations

import pyarrow as pa
import pytest

from classifiers import consider, decide, gather
from classifiers.considering import MOST
from connectors import Column, Table


@pytest.fixture
def considered():
    """Return the reasons of the candidates of one column, by type."""

    def found(values, header="c7"):
        batch = pa.record_batch({header: values})
        (evidence,) = gather(batch, Table(name="t", columns=(Column(header, "string", ""),)), None)
        tagged = {tag.type for tag in decide(evidence)}
        candidates = consider(evidence, tagged)
        assert not tagged & {c.type for c in candidates}
        return {c.type: c for c in candidates}

    return found


@pytest.mark.parametrize(
    ("kind", "others", "header", "of_type", "why"),
    [
        ("order_no", 0, "手机号", "mobile", "values_do_not_fit"),
        ("mobile", 9, "c7", "mobile", "too_few_values"),
        ("landline", 1, "订单编号", "landline", "header_says_otherwise"),
        ("mobile", 0, "身份证号", "id_card", "values_do_not_fit"),
    ],
)
def test_a_type_that_lost_says_why(considered, make, kind, others, header, of_type, why):
    values = make(kind, 30) + make("junk", 30 * others)

    candidate = considered(values, header)[of_type]

    assert candidate.why == why
    assert candidate.matched <= candidate.fitting <= candidate.checked == len(values)
    assert candidate.needed is None or candidate.needed > 0


def test_a_second_best_type_is_outranked(considered, make):
    # Every credit code is a taxpayer number too, and its check character decides.
    assert considered(make("uscc", 60), "纳税人识别号")["tax_id"].why == "outranked"


def test_a_candidate_tells_the_word_of_the_header_and_its_strength(considered, make):
    candidate = considered(make("order_no", 60), "sjh")["mobile"]

    assert (candidate.word, candidate.matched) == ("sjh", 0)
    assert 0.5 < candidate.named <= 1


def test_there_are_never_many_candidates(considered, make):
    assert len(considered(make("uuid", 60), "账号")) <= MOST


def test_nothing_is_considered_for_harmless_cells(considered):
    assert considered(["红色", "蓝色", "绿色"] * 20, "颜色") == {}
