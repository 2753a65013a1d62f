"""The page in a real browser: what a reader does with it, with no network and no complaint."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from scanner.report import html
from scanner.result import NotScanned

WIDTHS = {"wide": 1280, "narrow": 390}


@dataclass
class Reading:
    """A page that is open, with what it asked for and complained of."""

    page: object
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@contextmanager
def opened(browser, path, *, width=1280, scheme="light", anchor="", lang="", **more):
    """Open a page; it must ask nobody for anything and complain of nothing."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
    context.set_default_timeout(60_000)  # the machine may be busy
    page = context.new_page()
    reading = Reading(page)
    page.on("request", lambda request: reading.requests.append(request.url))
    page.on("console", lambda message: reading.complaints.append(message.text))
    page.on("pageerror", lambda error: reading.complaints.append(str(error)))
    try:
        page.goto(f"{path.as_uri()}{anchor}")
        if lang:
            page.locator(f"label[for=language-{lang}]").click()
        yield page
        assert [address.partition("#")[0] for address in reading.requests] == [path.as_uri()]
        assert reading.complaints == []
    finally:
        context.close()


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    """Return a function that writes a report and names its file."""

    def write(result, lang="both") -> Path:
        path = tmp_path_factory.mktemp("page") / "report.html"
        path.write_text(html.render(result, lang=lang), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def report(write, result):
    return write(result)


def grave(page):
    """Return the serious and critical faults that axe-core finds."""
    found = Axe().run(page).response["violations"]
    return [
        (fault["id"], [node["html"][:120] for node in fault["nodes"][:3]])
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_no_grave_fault(width, scheme, lang, browser, write, result):
    with opened(browser, write(result, lang), width=WIDTHS[width], scheme=scheme) as page:
        assert grave(page) == []


def test_axe_finds_no_grave_fault_in_an_opened_column(browser, report):
    with opened(browser, report, lang="en", anchor="#columns?open=crm/customer/mobile") as page:
        page.locator("#evidence-name").wait_for()

        assert grave(page) == []


def brightness(page):
    color = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return sum(int(part) for part in color.strip("rgb()").split(","))


def test_the_page_is_as_dark_as_the_system_until_the_reader_chooses(browser, report):
    with opened(browser, report, scheme="dark") as page:
        by_system = brightness(page)
        page.locator("label[for=theme-light]").click()
        chosen_light = brightness(page)
        page.locator("label[for=theme-dark]").click()

        assert (by_system < 150, chosen_light > 600, brightness(page) < 150) == (True, True, True)


def test_the_switch_changes_the_language_of_page_and_list(browser, report):
    with opened(browser, report) as page:
        heading, status = page.locator("#people h2"), page.locator("#find-status")
        before = heading.inner_text(), status.inner_text()[:2]
        page.locator("label[for=language-en]").click()
        after = heading.inner_text(), status.inner_text()[-8:]

        assert (before, after) == (("涉及多少自然人", "显示"), ("How many people", "columns."))
        assert page.evaluate("document.documentElement.lang") == "en"


def listed(page):
    """Return the names of the rows that are drawn."""
    return page.locator("#find-rows tbody button").all_inner_texts()


def test_a_column_is_found_and_its_evidence_opened(browser, report):
    with opened(browser, report, lang="en") as page:
        page.get_by_label("Search columns").fill("客户 card")
        page.get_by_label("Search columns").fill("salary bank")
        assert listed(page) == ["salary"]

        page.get_by_role("button", name="salary").click()
        evidence = page.locator("#evidence").inner_text()

        assert page.evaluate("document.activeElement.id") == "evidence-name"
        for said in ("crm · customer_bank", "71 %", "against · neighbours", "sits among order numbers"):
            assert said in evidence


def test_closing_the_evidence_returns_to_its_row(browser, report):
    with opened(browser, report, lang="en") as page:
        page.get_by_role("button", name="id_no").click()
        page.keyboard.press("Escape")

        assert not page.locator("#evidence").is_visible()
        assert page.evaluate("document.activeElement.textContent") == "id_no"


def test_the_list_is_filtered_by_dataset_type_and_sensitivity(browser, report):
    with opened(browser, report, lang="en") as page:
        page.locator("#find-dataset").select_option("lake/hospital")
        by_dataset = listed(page)
        page.get_by_label("Sensitive only").check()
        sensitive = listed(page)
        page.locator("#find-type").select_option("salary")

        assert by_dataset == ["patient", "idcard", "diag", "feature", "xm", "sfzh", "gz"]
        assert sensitive == ["diag", "feature", "gz"]
        assert listed(page) == ["gz"]
        assert page.locator("#find-status").inner_text().startswith("1 of ")


def test_columns_in_which_nothing_was_found_are_counted_and_shown_when_asked_for(browser, report):
    with opened(browser, report, lang="en") as page:
        page.get_by_label("Search columns").fill("region_name")
        nothing, said = page.locator("#find-nothing"), page.locator("#find-status").inner_text()
        assert nothing.is_visible()
        assert said.endswith("1 more columns fit in which nothing was found.")

        page.get_by_label("Also columns").check()

        assert listed(page) == ["region_name"]
        assert not nothing.is_visible()


def test_an_address_leads_to_a_column_and_is_kept_up(browser, report):
    with opened(browser, report, anchor="#columns?open=lake%252Foutbound/crm_sync/phone&q=phone") as page:
        assert page.locator("#evidence-name").inner_text() == "phone"
        assert listed(page) == ["phone"]

        page.get_by_role("button", name="关闭证据").click()

        assert page.evaluate("location.hash") == "#columns?q=phone"


def test_links_of_the_map_lead_into_the_list(browser, report):
    with opened(browser, report, lang="en") as page:
        page.locator("#where").get_by_role("link", name="customer_bank").click()

        assert listed(page) == ["card_no", "card_no_masked", "salary"]
        assert "388,201 – 402,118 estimate 391,877" in page.locator("#find-about").inner_text()
        assert page.locator("#find-table").inner_text().startswith("customer_bank")


def test_every_hostile_name_leads_to_its_own_evidence(browser, report, hostile_names):
    with opened(browser, report) as page:
        page.locator("#find-dataset").select_option(index=4)
        for button in page.locator("#find-rows tbody button").all():
            button.click()
            assert page.locator("#evidence-name").inner_text() == button.inner_text()
        assert page.locator("#columns :is(script, img, b[onmouseover])").count() == 0


def test_the_arrows_move_through_the_list(browser, report):
    with opened(browser, report) as page:
        page.locator("#find-rows tbody button").first.focus()
        for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
            page.keyboard.press(key)
        second = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("End")
        last = page.evaluate("document.activeElement.closest('tr').getAttribute('aria-rowindex')")
        page.keyboard.press("Enter")

        assert second == "id_no"
        assert last == page.locator("#find-rows table").get_attribute("aria-rowcount")
        assert page.locator("#evidence").is_visible()


def test_tables_and_their_types_can_be_listed(browser, report):
    with opened(browser, report, lang="en") as page:
        page.get_by_role("button", name="Tables", exact=True).click()
        assert page.locator("#find-rows tbody tr", has_text="survey_2025").inner_text().split("\t")[1:] == [
            "0 – 48,212 not identifiable",
            "2 / 5",
            "48,212",
        ]

        page.get_by_role("button", name="Map", exact=True).click()
        assert "heat-1" in page.locator("#find-rows tbody tr", has_text="customer_bank").inner_html()

        page.get_by_role("button", name="customer_bank").click()
        assert listed(page) == ["card_no", "card_no_masked", "salary"]


def test_a_rule_leads_to_its_place_in_the_appendix(browser, report):
    with opened(browser, report, lang="en") as page:
        row = page.locator("tr", has_text="EXP-P24-EXEMPT-HR")
        assert not row.is_visible()

        page.locator("#flows").get_by_role("link", name="EXP-P24-EXEMPT-HR").click()

        assert row.is_visible()
        assert page.evaluate("document.querySelector('tr:target').textContent").find("EXP-P24-EXEMPT-HR") >= 0


def test_masked_examples_are_shown_where_there_are_some(browser, write, result):
    first, *others = result.datasets
    table, *tables = first.tables
    columns = (replace(table.columns[0], examples=("**", "***")), *table.columns[1:])
    dataset = replace(first, tables=(replace(table, columns=columns), *tables))
    path = write(replace(result, datasets=(dataset, *others)), "en")
    with opened(browser, path, anchor="#columns?open=crm/customer/cust_name") as page:
        assert "Masked examples\n**\n***" in page.locator("#evidence").inner_text()
        assert "at most a quarter" in page.locator("#notes").inner_text()

        page.get_by_role("button", name="id_no").click()

        assert "Masked examples" not in page.locator("#evidence").inner_text()


def test_five_thousand_tables_stay_responsive(browser, write, make_large):
    """Bounds are generous: ``python -m benchmarks.report`` prints how long it takes on an idle machine."""
    path = write(make_large(5_000))
    with opened(browser, path) as page:
        ready = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        elements = page.evaluate("document.querySelectorAll('*').length")
        search = page.evaluate(
            """() => {
              const field = document.getElementById("find-text"), before = performance.now();
              field.value = "table_04321 col_3";
              field.dispatchEvent(new Event("input"));
              return performance.now() - before;
            }"""
        )
        found = listed(page)
        page.locator("#find-rows tbody button").click()

        assert found == ["col_3"]
        assert page.locator("#evidence .kicker").inner_text().endswith("table_04321")
        assert (ready < 10_000, search < 5_000, elements < 20_000) == (True, True, True), (ready, search)


def test_the_end_of_a_long_list_is_reached(browser, write, make_large):
    with opened(browser, write(make_large(5_000))) as page:
        page.evaluate("document.getElementById('find-rows').scrollTop = 1e9")
        page.locator("#find-rows tr[aria-rowindex='20001']").wait_for()

        assert len(listed(page)) < 60
        assert "table_04999" in page.locator("#find-rows tr[aria-rowindex='20001']").inner_text()


def printed(page):
    """Return what is shown while the page is prepared for print."""
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown = page.locator("body").inner_text()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    return shown


def test_a_print_holds_every_column_with_its_evidence_and_every_fold(browser, report):
    with opened(browser, report, lang="en") as page:
        shown = printed(page)

        for said in ("sits among order numbers", "crm · customer_bank", "Conditions met", "export-2024"):
            assert said in shown
        assert "Search columns" not in shown
        assert page.locator("#printed").inner_text() == ""
        assert page.locator("details[open]").count() == 0


def test_a_print_of_too_many_columns_says_how_to_print_some(browser, write, make_large):
    with opened(browser, write(make_large(500), "en")) as page:
        everything = printed(page)
        page.locator("#find-dataset").select_option("warehouse/003")
        one = printed(page)

        assert "There are 2,000 such columns, more than the 1,500 that are printed." in everything
        assert "table_00301" not in everything
        assert "Printed as filtered: 400 columns." in one
        assert "warehouse/003 · table_00399" in one


def test_without_scripts_all_but_the_list_is_there(browser, report):
    with opened(browser, report, java_script_enabled=False) as page:
        assert page.locator("noscript").inner_text().startswith("此处的逐列清单")
        assert page.locator("#people h2").inner_text() == "涉及多少自然人"
        assert not page.locator("#finder").is_visible()

        page.locator("label[for=language-en]").click()

        assert page.locator("#people h2").inner_text() == "How many people"


def test_paper_holds_the_first_of_many_unread_names_and_counts_the_rest(browser, write, result):
    many = tuple(NotScanned(source="crm", table=f"t{i:04}", reason="permission denied") for i in range(500))
    with opened(browser, write(replace(result, complete=False, not_scanned=many)), lang="en") as page:
        shown = printed(page)

        names = [line for line in shown.splitlines() if line in {one.table for one in many}]
        assert len(names) == 60
        assert "and 440 more, in the report on a screen and in scan.json" in shown
        assert page.locator("#not_scanned li").count() == 500


def test_a_mark_of_the_legend_is_never_parted_from_its_word(browser, report):
    with opened(browser, report, width=WIDTHS["narrow"]) as page:
        for each in page.locator(".legend > span").all():
            mark, whole = each.locator(".key").bounding_box(), each.bounding_box()
            assert whole["height"] < 30  # one line
            assert whole["width"] > mark["width"] + 10


def test_it_prints(browser, report):
    with opened(browser, report) as page:
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF-")


def test_the_page_is_not_wider_than_a_telephone(browser, report):
    with opened(browser, report, width=WIDTHS["narrow"]) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS["narrow"]


def test_on_a_small_telephone_nothing_of_what_was_not_scanned_or_of_grades_is_cut_off(browser, write, result):
    packs = tuple(replace(pack, id="cn-minors-order766-2024-and-more") for pack in result.scan.packs)
    path = write(replace(result, scan=replace(result.scan, packs=packs)), "zh")
    with opened(browser, path, width=360) as page:
        cells = page.locator("#not_scanned .missed td, #grades table.narrow td, .packs li")
        boxes = [cells.nth(number).bounding_box() for number in range(cells.count())]
        wide = page.evaluate("document.documentElement.scrollWidth")

    shown = [box for box in boxes if box and box["width"]]
    assert len(shown) >= 5
    assert max(box["x"] + box["width"] for box in shown) <= 360
    assert wide <= 360
