"""Whether a first row is a header: decided by the data, and as a user says."""

import openpyxl
import pytest

from classifiers import built_in
from classifiers._registry import load_recognizers
from classifiers.first_rows import FirstRowWords
from connectors import Headers, connect
from connectors._files.headers import NO_HEADER, is_header

WORDS = FirstRowWords(built_in())
NAMES = [
    "王伟",
    "李秀英",
    "张敏",
    "刘洋",
    "陈静",
    "杨磊",
    "赵强",
    "黄艳",
    "周杰",
    "吴霞",
    "徐涛",
    "孙明",
    "朱丽",
    "高鹏",
]
PLACES = [f"浙江省杭州市西湖区文三路{number}号{number % 7 + 1}单元" for number in range(11, 25)]
CITIES = [
    "北京",
    "上海",
    "杭州",
    "北京",
    "成都",
    "上海",
    "南京",
    "杭州",
    "北京",
    "西安",
    "成都",
    "南京",
    "上海",
    "西安",
]
GRADES = ["A", "B", "A", "C", "B", "A", "A", "C", "B", "B", "A", "C", "A", "B"]
FIRMS = [f"杭州{word}有限公司" for word in "甲 乙 丙 丁 戊 己 庚 辛 壬 癸 子 丑 寅 卯".split()]
SCHOOLS = [f"第{number}实验学校" for number in range(1, 15)]
AMOUNTS = [f"{number * 3.5:.2f}" for number in range(1, 15)]
PHONES = [f"138001380{number}" for number in range(10, 24)]
TABLES = [
    ("names", [NAMES]),
    ("names and addresses", [NAMES, PLACES]),
    ("names and cities", [NAMES, CITIES]),
    ("cities and grades", [CITIES, GRADES]),
    ("names, amounts", [NAMES, PHONES, AMOUNTS]),
]


def rows_of(columns):
    return [list(row) for row in zip(*columns, strict=True)]


@pytest.mark.parametrize("columns", [columns for _, columns in TABLES], ids=[name for name, _ in TABLES])
@pytest.mark.parametrize("few", [5, 14])
def test_a_row_of_data_is_no_header(columns, few):
    first, *others = rows_of(columns)[:few]

    assert not is_header(first, others, WORDS)


@pytest.mark.parametrize("few", [2, 3])
def test_personal_names_are_told_by_a_row_or_two_below(few):
    first, *others = rows_of([NAMES, PLACES])[:few]

    assert not is_header(first, others, WORDS)


HEADERS = [
    (["姓名"], [NAMES]),
    (["姓名", "住址"], [NAMES, PLACES]),
    (["负责人", "城市"], [NAMES, CITIES]),
    (["学校"], [SCHOOLS]),
    (["公司"], [FIRMS]),
    (["诊断描述"], [["诊断为高血压", "诊断为糖尿病，随访", "高血压三级诊断"] * 4]),
    (["往来单位", "经手"], [FIRMS, NAMES]),
    (["name", "city"], [NAMES, CITIES]),
    (["地区", "等级"], [CITIES, GRADES]),
    (["c1", "c2"], [NAMES, PLACES]),
    (["A", "x"], [GRADES, AMOUNTS]),
    (["name", "type"], [["name", "type", "kind", "size"] * 3, ["text", "text", "int", "int"] * 3]),
    (["门店", "2023-01-01", "2023-01-02"], [CITIES, AMOUNTS, AMOUNTS]),
]


@pytest.mark.parametrize(("header", "columns"), HEADERS, ids=["-".join(header) for header, _ in HEADERS])
@pytest.mark.parametrize("few", [1, 3, 12])
def test_a_header_is_never_taken_for_data(header, columns, few):
    assert is_header(header, rows_of(columns)[:few], WORDS)


@pytest.mark.parametrize("column", [NAMES, PLACES, CITIES, GRADES, FIRMS, SCHOOLS, AMOUNTS, PHONES])
def test_no_word_that_names_columns_is_taken_for_data_even_where_it_is_not_known(column):
    words = [word.lstrip("?") for each in load_recognizers() for word in (*each.zh, *each.en)]
    below = [[cell] for cell in column]

    assert len(words) > 3_000
    assert not [word for word in words if not is_header([word], below)]


@pytest.fixture
def staff(tmp_path):
    """A folder with the same rows as text and as a sheet, without a header."""
    rows = rows_of([NAMES, PLACES])
    (tmp_path / "staff.csv").write_text("\n".join(map(",".join, rows)), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "book.xlsx")
    return tmp_path


def names_of(folder, headers):
    with connect(str(folder), headers=headers) as source:
        return {
            table.name: ([column.name for column in table.columns], table.note) for table in source.tables()
        }


def test_files_and_sheets_show_no_first_row_of_data(staff):
    found = names_of(staff, Headers(words=WORDS))

    assert found == dict.fromkeys(["staff", "book"], (["column_1", "column_2"], NO_HEADER))


def test_a_user_has_the_last_word(staff):
    first = [NAMES[0], PLACES[0]]

    assert names_of(staff, Headers(present=("*",), words=WORDS)) == dict.fromkeys(
        ["staff", "book"], (first, "")
    )
    assert names_of(staff, Headers(present=("staff",), words=WORDS))["book"][0] == ["column_1", "column_2"]
    (staff / "staff.csv").write_text("name,city\nx,y\n", encoding="utf-8")
    assert names_of(staff, Headers(absent=("staff",)))["staff"] == (["column_1", "column_2"], NO_HEADER)
    assert names_of(staff, Headers(present=("book/Sheet",)))["book"] == (first, "")


def test_the_configuration_has_it_too(pandian, staff, tmp_path):
    config = tmp_path / "pandian.yaml"
    config.write_text(f"sources: [{{name: hr, url: {staff}, with_header: [staff]}}]", encoding="utf-8")
    outcome = pandian("scan", "--config", config, "--format", "json,html")
    tables = {table["name"]: table for table in outcome.scan["datasets"][0]["tables"]}

    assert [column["name"] for column in tables["book"]["columns"]] == ["column_1", "column_2"]
    assert tables["book"]["note"] == NO_HEADER
    assert tables["staff"]["note"] != NO_HEADER
    assert not [name for name in NAMES[1:] if name.encode() in outcome.written]
