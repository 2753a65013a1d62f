"""The notebooks: saved without output, run without a word of complaint from any folder, and true."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]{4,}")


class Text(HTMLParser):
    """The text of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.text = ""
        self.feed(html)

    def handle_data(self, data):
        self.text += data


def cells(path, kind):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def executed(request, tmp_path_factory):
    """Run a notebook in a fresh kernel, in a folder that is not its own."""
    book = nbformat.read(request.param, as_version=4)
    elsewhere = {"metadata": {"path": str(tmp_path_factory.mktemp("elsewhere"))}}
    NotebookClient(book, timeout=300, kernel_name="python3", resources=elsewhere).execute()
    return book


def outputs(book, kind):
    return [output for cell in book.cells for output in cell.get("outputs", ()) if output.output_type == kind]


def test_there_are_the_three_notebooks():
    assert [path.stem[:1] for path in NOTEBOOKS] == ["1", "2", "3"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_they_are_saved_without_output(path):
    book = nbformat.read(path, as_version=4)

    nbformat.validate(book)
    assert not [cell for cell in cells(path, "code") if cell.outputs or cell.execution_count]
    assert set(book.metadata) <= {"kernelspec", "language_info"}
    assert not [cell for cell in book.cells if cell.metadata]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_their_prose_is_chinese_and_english(path):
    for cell in cells(path, "markdown"):
        assert HAN.search(cell.source), cell.source
        assert LATIN.search(cell.source), cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_they_name_no_folder_of_anybody(path):
    source = "\n".join(cell.source for cell in cells(path, "code"))

    assert not re.search(r"[\"'](/|~|\.\.?/|[A-Z]:\\)", source)


def test_nothing_complains(executed):
    errors = outputs(executed, "error")
    noise = [output.text for output in outputs(executed, "stream") if output.name == "stderr"]

    assert errors == []
    assert noise == []


def test_the_figures_shown_agree_with_those_counted(executed):
    (printed,) = [
        json.loads(output.text) for output in executed.cells[-1].outputs if output.get("name") == "stdout"
    ]
    shown = "\n".join(
        Text(output.data["text/html"]).text
        for output in outputs(executed, "execute_result")
        if 'class="pandian"' in output.data.get("text/html", "")
    )

    assert f"{printed['lower']:,} – {printed['upper']:,}" in shown
    assert f"{printed['estimate']:,}" in shown
    assert re.search(rf"(?<!\d){printed['columns']}(?!\d)", shown)
    assert printed["lower"] <= printed.get("truth", printed["estimate"]) <= printed["upper"]
    assert printed.get("in_form", True)


def test_progress_leaves_one_line_a_scan(executed):
    said = ("rows read", "已读取")
    lines = [(out, out.data.get("text/html", "")) for out in outputs(executed, "display_data")]
    scans = [out for out, line in lines if any(words in line for words in said)]

    assert scans
    assert all("\n" not in out.data["text/html"] for out in scans)
