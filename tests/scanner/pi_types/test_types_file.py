from __future__ import annotations

import textwrap

import pandas as pd
import pytest

from classifiers.catalogue import built_in
from classifiers.custom import check_names
from classifiers.validators._checks import luhn
from scanner import scan
from scanner.config import parse_config
from scanner.pi_types.types_file import load_types
from scanner.user_files.documents import ConfigError

CARD = """
- id: club_card
  zh: 俱乐部卡号
  en: Club card number
  category: financial
  sensitive: [GB/T 45574-2025]
  strength: account
  headers: {zh: [俱乐部卡], en: [club card], pinyin: [jlbk]}
  regex: LC-?(?P<value>[0-9]{10})
  check: luhn
  in_text: true
"""

RECOGNIZER = """
from presidio_analyzer import EntityRecognizer, RecognizerResult

class Crew(EntityRecognizer):
    def __init__(self, word="机组"):
        self.word = word
        super().__init__(["CREW"], supported_language="zh")

    def load(self):
        pass

    def analyze(self, text, entities, nlp_artifacts):
        at = text.find(self.word)
        return [RecognizerResult("CREW", at, at + len(self.word) + 4, 0.9)] if at >= 0 else []

class Broken(Crew):
    def analyze(self, text, entities, nlp_artifacts):
        raise ValueError(text)
"""


@pytest.fixture
def write(tmp_path):
    """Write a types file of these entries, return its path."""

    def written(types: str = "", presidio: str = "", name: str = "types.yaml"):
        path = tmp_path / name
        parts = [
            f"{key}:\n{textwrap.indent(text, '  ')}"
            for key, text in (("types", types), ("presidio", presidio))
            if text
        ]
        path.write_text("\n".join(parts), encoding="utf-8")
        return path

    return written


def card(number: int) -> str:
    body = f"{number * 7_919_317 % 10**9:09}"
    return f"LC-{body}{luhn(body)}"


CARDS = [card(i) for i in range(1, 200)]


@pytest.fixture
def scanned(tmp_path, monkeypatch):
    """Scan one frame under a types file; return the result."""
    monkeypatch.setenv("PANDIAN_KEY", "00" * 16)

    def run(columns, *files, lists=""):
        config = tmp_path / "pandian.yaml"
        config.write_text(f"types: [{', '.join(path.name for path in files)}]\n{lists}", encoding="utf-8")
        return scan({"t": pd.DataFrame(columns)}, config, as_of="2026-11-01")

    return run


def tags(result):
    (table,) = result.record.datasets[0].tables
    return {column.name: {tag.type: tag for tag in column.tags} for column in table.columns}


def test_a_type_is_found_by_values_by_header_in_text_and_in_structures(scanned, write):
    texts = [f"客户来电，卡{number}已停用" for number in CARDS]
    columns = {
        "c1": CARDS,
        "jlbk": [None, *CARDS[1:]],
        "note": texts,
        "j": [f'{{"x": "{number}"}}' for number in CARDS],
        "sku": [f"LC-{i:010}" for i in range(1, 200)],
    }

    found = tags(scanned(columns, write(CARD)))

    assert {name: set(held) for name, held in found.items()} == {
        "c1": {"club_card"},
        "jlbk": {"club_card"},
        "note": {"club_card"},
        "j": {"club_card"},
        "sku": set(),
    }
    assert found["note"]["club_card"].form == found["j"]["club_card"].form == "embedded"
    assert {evidence.kind for evidence in found["jlbk"]["club_card"].evidence} == {"header", "values"}


def test_a_type_has_its_names_and_is_sensitive_when_its_standard_says_so(scanned, write):
    tag = tags(scanned({"c1": CARDS}, write(CARD)))["c1"]["club_card"]

    assert (tag.name_zh, tag.name_en, tag.presidio_entity) == ("俱乐部卡号", "Club card number", "CLUB_CARD")
    assert tag.sensitive
    assert tag.category == "financial"
    assert tag.confidence > 0.9


def test_a_type_that_identifies_counts_people_by_its_value(scanned, write):
    # Each card once with and once without the hyphen: the group named value leaves the prefix out.
    result = scanned({"c1": CARDS + [number.replace("-", "") for number in CARDS]}, write(CARD))

    everybody = next(c for c in result.record.organization.subjects if c.category == "all")
    financial = next(c for c in result.record.organization.subjects if c.category == "financial")
    assert everybody.estimate == financial.estimate == len(CARDS)


def test_two_types_of_one_strength_are_two_kinds_of_identifier(scanned, write):
    other = CARD.replace("club_card", "guest_card").replace("LC", "GC").replace("俱乐部卡", "来宾卡")
    others = [number.replace("LC", "GC") for number in CARDS[:50]]

    # The same digits under two types are two people, unless a row says that they are one.
    apart = scanned({"a": CARDS[:50] + [None] * 50, "b": [None] * 50 + others}, write(CARD + other))
    together = scanned({"a": CARDS[:50], "b": others}, write(CARD + other))

    assert [r.record.organization.subjects[0].estimate for r in (apart, together)] == [100, 50]


def test_a_header_word_of_the_users_means_their_type_only(scanned, write):
    entry = "- {id: badge, zh: 门禁卡, en: Badge, headers: {zh: [工号], en: [order no]}}"

    found = tags(scanned({"工号": ["A1001", "A1002", "B2001"], "order_no": ["x1", "x2", "x3"]}, write(entry)))

    assert set(found["工号"]) == set(found["order_no"]) == {"badge"}


def test_a_dictionary_is_read_from_beside_the_file(scanned, write, tmp_path):
    (tmp_path / "teams.txt").write_text("# teams\n红队\n蓝队\n\n绿队\n", encoding="utf-8")
    entry = (
        "- {id: team, zh: 队, en: Team, dictionary: teams.txt, examples: [红队], counter_examples: [黄队]}"
    )

    columns = {"c1": ["红队", "蓝队", "绿队"] * 20, "c2": ["黄队", "黑队"] * 30}
    found = tags(scanned(columns, write(entry)))

    assert {name: set(held) for name, held in found.items()} == {"c1": {"team"}, "c2": set()}


def test_several_files_are_one_catalogue(write):
    first = write(CARD)
    second = write("- {id: badge, zh: 门禁卡, en: Badge, headers: {zh: [门禁卡]}}", name="more.yaml")

    assert set(load_types([first, second]).custom) == {"club_card", "badge"}
    assert load_types([]) is built_in()


def test_a_type_folds_case_where_it_is_told_to(write):
    entry = CARD.replace("check: luhn", "ignore_case: true")

    (made,) = load_types([write(entry)]).custom.values()

    assert made.refuses("lc1234567897") == ""
    assert made.refuses("LC123456789") == "the regex does not match all of it"


@pytest.mark.parametrize("name", check_names())
def test_every_check_refuses_something(write, name):
    made = load_types([write(f"- {{id: x, zh: 甲, en: X, regex: '[0-9A-Z]+', check: {name}}}")]).custom["x"]

    assert made.refuses("?!") != ""


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("- {id: x, zh: 甲, en: X, regx: a}", "type 'x': the key 'regx' is not known"),
        ("- {id: x, zh: 甲}", "type 'x': the key 'en' is missing"),
        ("- {zh: 甲, en: X}", "types, entry 1: the key 'id' is missing"),
        ("- 7", "types, entry 1"),
        ("- {id: mobile, zh: 甲, en: X, regex: a}", "'mobile' is a built-in PI type"),
        ("- {id: X, zh: 甲, en: X, regex: a}", "type 'X': 'id'"),
        ("- {id: x, zh: 甲, en: X, regex: 'a(?=b)'}", r"type 'x': regex: .*\(\?="),
        ("- {id: x, zh: 甲, en: X, regex: 'a(b'}", r"type 'x': regex: missing \)"),
        ("- {id: x, zh: 甲, en: X, regex: '(a)b'}", r"write \(\?:\.\.\.\)"),
        ("- {id: x, zh: 甲, en: X, regex: 'a*'}", "matches an empty cell"),
        ("- {id: x, zh: 甲, en: X, check: rot13}", "no check 'rot13'. There are: .*luhn"),
        ("- {id: x, zh: 甲, en: X, check: luhn}", "by chance. Add a regex"),
        ("- {id: x, zh: 甲, en: X}", "nothing says how to find it"),
        ("- {id: x, zh: 甲, en: X, headers: {zh: [甲]}, examples: [a]}", "nothing tests values"),
        ("- {id: x, zh: 甲, en: X, headers: {zh: [甲]}, in_text: true}", "Add a regex"),
        ("- {id: x, zh: 甲, en: X, regex: a, category: money}", "type 'x': 'category'"),
        ("- {id: x, zh: 甲, en: X, regex: a, strength: iron}", "type 'x': 'strength'"),
        ("- {id: x, zh: 甲, en: X, regex: a, sensitive: [GB 1]}", "'GB 1' is no standard"),
        ("- {id: x, zh: 甲, en: X, regex: a, min_share: 2}", "type 'x': 'min_share'"),
        (
            "- {id: x, zh: 甲, en: X, regex: a, examples: [12]}",
            "'examples.0' should be text. Put it in quotes",
        ),
        ("- {id: x, zh: 甲, en: X, dictionary: none.txt}", "none.txt: type 'x'|type 'x': the dictionary"),
        ("- {id: x, zh: 甲, en: X, regex: a}\n- {id: x, zh: 甲, en: X, regex: b}", "defined twice"),
    ],
)
def test_a_file_that_does_not_hold_says_what_where_and_what_to_do(write, entry, message):
    path = write(entry)

    with pytest.raises(ConfigError, match=message) as caught:
        load_types([path])

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("examples: [LC1234567890]", "example 1 is not recognised: it fails the check 'luhn'"),
        ("examples: [LC1234567897, XX1234567897]", "example 2 is not recognised: the regex does not"),
        ("examples: [LC9999999999]", "example 1 is not recognised"),
        ("counter_examples: [LC1234567897]", "counter-example 1 is recognised"),
    ],
)
def test_examples_are_tried_and_told_by_number(write, more, message):
    with pytest.raises(ConfigError, match=message) as caught:
        load_types([write(f"{CARD}  {more}\n")])

    assert "1234567" not in str(caught.value)


def test_only_so_many_types_of_a_strength_have_a_kind_of_their_own(write):
    entries = "\n".join(f"- {{id: x{i}, zh: 甲, en: X, regex: a, strength: strong}}" for i in range(4))

    with pytest.raises(ConfigError, match="'x3': there can be 3 types of your own of strength 'strong'"):
        load_types([write(entries)])


def test_a_file_that_is_not_there_or_no_yaml_is_named(tmp_path, write):
    with pytest.raises(ConfigError, match=r"none\.yaml: the types file cannot be read"):
        load_types([tmp_path / "none.yaml"])
    with pytest.raises(ConfigError, match="'tpyes' is not known"):
        load_types([_text(tmp_path, "tpyes: []")])
    with pytest.raises(ConfigError, match="'types' should be a list"):
        load_types([_text(tmp_path, "types: {id: x}")])


def _text(folder, text):
    path = folder / "given.yaml"
    path.write_text(text, encoding="utf-8")
    return path


CREW = "- {id: crew, zh: 机组号, en: Crew number, strength: account}"


@pytest.fixture
def own_module(tmp_path):
    (tmp_path / "crew_rules.py").write_text(RECOGNIZER, encoding="utf-8")


def test_a_presidio_recognizer_reads_running_text_and_cells_where_declared(scanned, write, own_module):
    codes = [f"机组{i * 7_919 % 10_000:04}" for i in range(60)]
    columns = {"note": [f"航班延误，{code}已经到达，请安排" for code in codes], "c1": codes}

    text_only = write(CREW, "- {recognizer: 'crew_rules:Crew', type: crew}")
    in_text = tags(scanned(columns, text_only))
    both = write(CREW, "- {recognizer: 'crew_rules:Crew', type: crew, cells: true}")
    everywhere = tags(scanned(columns, both))

    assert {name: set(held) for name, held in in_text.items()} == {"note": {"crew"}, "c1": set()}
    assert {name: set(held) for name, held in everywhere.items()} == {"note": {"crew"}, "c1": {"crew"}}


def test_a_presidio_recognizer_takes_arguments(write, own_module):
    path = write(CREW, "- {recognizer: 'crew_rules:Crew', type: crew, arguments: {word: 班组}}")

    (own,) = load_types([path]).presidio

    assert own.recognizer.word == "班组"
    assert "班组" not in repr(own)


def test_a_recognizer_that_fails_stops_its_table_and_quotes_nothing(scanned, write, own_module):
    path = write(CREW, "- {recognizer: 'crew_rules:Broken', type: crew}")

    (missed,) = scanned({"note": ["航班延误，请联系张三安排"] * 20}, path).record.not_scanned

    assert "crew_rules:Broken failed with ValueError" in missed.reason
    assert "张三" not in missed.reason


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{recognizer: crew_rules, type: crew}", "write package.module:Class"),
        ("{recognizer: 'nowhere.rules:Crew', type: crew}", "'nowhere.rules' cannot be imported"),
        ("{recognizer: 'crew_rules:Pilot', type: crew}", "'Pilot' in crew_rules is no class"),
        ("{recognizer: 'json:JSONDecoder', type: crew}", "no class that extends"),
        ("{recognizer: 'crew_rules:Crew', type: pilot}", "no PI type 'pilot'"),
        ("{recognizer: 'crew_rules:Crew', type: crew, arguments: {a: 1}}", r"cannot be made \(TypeError\)"),
        ("{recognizer: 'crew_rules:Crew', typ: crew}", "'type' is missing|'typ' is not known"),
    ],
)
def test_a_recognizer_that_cannot_be_had_is_explained(write, own_module, entry, message):
    with pytest.raises(ConfigError, match=message):
        load_types([write(CREW, f"- {entry}")])


FILES_THAT_DECIDE = {
    "types.yaml": "types: [{id: badge, zh: 胸牌, en: Badge, dictionary: badges.txt}]\n"
    "presidio: [{recognizer: 'own.badges:Badges', type: badge}]\n",
    "badges.txt": "B-1\nB-2\n",
    "own/badges.py": "class Badges: ...\n",
    "hotlines.txt": "4008001234\n",
}


@pytest.mark.parametrize("changed", FILES_THAT_DECIDE)
def test_the_digest_of_the_configuration_tells_that_a_file_it_names_changed(tmp_path, changed):
    for name, text in FILES_THAT_DECIDE.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    text = "types: types.yaml\nlists: {ignore_values: [{file: hotlines.txt, types: [landline]}]}\n"
    before = parse_config(text, {}, where="pandian.yaml", folder=tmp_path).digest
    with (tmp_path / changed).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert parse_config(text, {}, where="pandian.yaml", folder=tmp_path).digest != before


def test_the_kind_of_a_type_does_not_depend_on_where_it_stands_in_the_file(write):
    entries = [f"- {{id: {name}, zh: x, en: x, strength: account, regex: '{name}[0-9]+'}}" for name in "pqr"]
    catalogues = [load_types([write("\n".join(order))]) for order in (entries, entries[::-1])]
    assert len({tuple(c.kind(name) for name in "pqr") for c in catalogues}) == 1
