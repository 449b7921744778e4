# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from story_samples import BANK, amended, summary, titled, transferred, usance

from yangshan.story.report import report_html

CLOSED = [date(2025, 9, 6), date(2025, 9, 7), date(2025, 9, 13), date(2025, 9, 14)]


class Page(HTMLParser):
    """What stands in a page: elements with their attributes, and the text that is shown."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += " "
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "title"} & set(self.open):
            self.text += data


@pytest.fixture(scope="module")
def html() -> str:
    return report_html(summary(), CLOSED)


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_every_element_is_closed(page: Page) -> None:
    assert page.open == []


def test_it_opens_without_a_network(html: str, page: Page) -> None:
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    for tag, attributes in page.elements:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in {"src", "href", "xlink:href", "srcset", "action", "data", "poster"}:
                assert (value or "").startswith("#"), (tag, name, value)
            if name == "style" or tag == "style":
                assert "url(" not in (value or "").replace("url(#", "")
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_it_shows_every_transaction_in_full() -> None:
    whole = summary()
    page = Page(report_html(whole, CLOSED))
    steps = [*whole.setup, *(step for act in whole.acts for step in act.steps)]
    titles = [attributes.get("title") for tag, attributes in page.elements if tag == "code"]
    assert sorted(title for title in titles if title) == sorted(step.tx for step in steps)
    assert len(steps) == 15
    assert re.search(r"Transactions\s*15\b", page.text)


def test_names_and_texts_are_shown_as_they_are_and_never_as_markup(html: str, page: Page) -> None:
    assert BANK in page.text
    for nasty in ("<b>Cranes</b>", "<i>1</i>", "<MILLS>", "<AT>", "<Alliance>", "<preclusion>"):
        assert nasty in page.text, nasty
        assert nasty not in html, nasty
    assert not {tag for tag, _ in page.elements} & {"b", "i", "mills", "at", "alliance"}


def test_it_says_what_came_of_each_act(page: Page) -> None:
    said = " ".join(page.text.split())
    for part in (
        "Credit REF<1> Amount CNY 1,280,000.00",
        "Received 2025-09-10 11:00:00 +0800 Deadline 2025-09-17 17:00:00 +0800 Paid CNY 0.01",
        "Refused for 2 discrepancies in one notice: X08, X12. Documents: hold.",
        "Presentation precluded",
        "Paid CNY 755,000.00",
        "tries to refuse: refused by the contract with DeadlinePassed",
        "Gas 1,234,567",
        "LetterOfCredit 0x" + "ab" * 20,
    ):
        assert part in said, part
    # Steps, observations and attempts of an act in the order of their times.
    last = said[said.index("3. Act <i>3</i>") :]
    parts = ("does lodge", "sees <preclusion>", "does claimPrecluded", "tries to", "does pay")
    places = [last.index(part) for part in parts]
    assert places == sorted(places)


def test_the_picture_has_a_lane_for_each_act_and_shades_for_closed_days(html: str) -> None:
    svg = html[html.index("<svg") : html.index("</svg>")]
    # Letters are outlines, so that no font is needed; their text is left as comments.
    comments = [text.strip() for text in re.findall(r"<!--(.*?)-->", svg, re.DOTALL)]
    said = " ".join(comments)
    assert said.count("deadline 17 Sep 17:00") == 3
    assert [f"REF&lt;{number}&gt;" in said for number in (1, 2, 3, 4)] == [True] * 3 + [False]
    for label in ("issued", "presented", "refused", "claimed", "paid", "precluded", "complying"):
        assert label in said, label
    assert "<text" not in svg
    shaded = svg.count("fill: #eceff3")
    without = report_html(summary(), [])
    assert shaded - without.count("fill: #eceff3") == len(CLOSED)


def test_an_act_with_a_nominated_bank_shows_both_examinations_and_what_was_owed() -> None:
    html = report_html(summary(acts=(usance(),)), CLOSED)
    said = " ".join(Page(html).text.split())
    for part in (
        "Deadline 2025-09-17 17:00:00 +0800 Matures 2025-11-06 Paid",
        "2025-09-12 11:00:00 +0800 2025-09-19 17:00:00 +0800 lodged",
        "Sieben Elbfalke 2025-11-06 accepted CNY 968,000.00",
        f"{BANK} Sieben 2025-11-06 incurred CNY 968,000.00",
        "commercial invoice Elb <falke> 2025-09-05 18:00:00 +0800 registered 0x",
        "commercial invoice Chamber its issuer is no member 0x",
        "Customs declaration, attested by Customs <of> all for goods of Elbfalke of up to CNY ",
        "968,000.00: withdrawn, not in force.",
    ):
        assert part in said, part
    svg = html[html.index("<svg") : html.index("</svg>")]
    labels = " ".join(re.findall(r"<!--(.*?)-->", svg, re.DOTALL))
    for label in ("deadline 17 Sep 17:00", "deadline 19 Sep 17:00", "matures 06 Nov"):
        assert labels.count(label) == 1, label
    assert "version" not in labels


def test_an_amended_act_shows_who_was_bound_by_which_terms() -> None:
    html = report_html(summary(acts=(amended(), usance())), CLOSED)
    said = " ".join(Page(html).text.split())
    for part in (
        "1 accepted not extended 1 2 rejected extended none",
        f"{BANK} 0 2025-09-01 10:00:00 +0800 2025-11-30 2025-10-10 CNY 1,200,000.00",
        f"{BANK} 1 2025-09-03 10:00:00 +0800 2025-11-30 2025-10-10 CNY 1,600,000.00",
        "Sieben <b> 0 2025-09-02 10:00:00 +0800",
    ):
        assert part in said, part
    svg = html[html.index("<svg") : html.index("</svg>")]
    labels = " ".join(re.findall(r"<!--(.*?)-->", svg, re.DOTALL))
    found = [labels.count(label) for label in ("version 0", "version 1", "version 2")]
    assert found == [2, 1, 0]
    assert labels.count("issuing bank bound by") == labels.count("confirming bank by") == 1
    # The lane of the amended credit is as much higher as the terms of its banks need.
    plain = report_html(summary(acts=(usance(), usance())), CLOSED)
    heights = [
        float(each) for page in (html, plain) for each in re.findall(r'height="([\d.]+)pt"', page)
    ]
    assert len(heights) == 2
    assert heights[0] > heights[1]


def test_a_transferred_credit_shows_its_parts_and_gives_each_a_lane() -> None:
    html = report_html(summary(acts=(transferred(),)), CLOSED)
    said = " ".join(Page(html).text.split())
    for part in (
        "REF<6>#1 Paper <Crane> 2025-11-23 CNY 240,000.00 CNY 42,000.00",
        "REF<6>#2 Tortoise 2025-11-23 CNY 240,000.00 CNY 42,000.00",
        f"REF<6>#1 {BANK} 2025-09-10 11:00:00 +0800 2025-09-17 17:00:00 +0800 complying",
        f"REF<6>#2 {BANK} 2025-09-12 11:00:00 +0800 2025-09-19 17:00:00 +0800 refused",
        "REF<6>#2 commercial invoice Tortoise 2025-09-05 18:00:00 +0800 revoked 0x",
        f"REF<6> {BANK} 2025-09-10 11:00:00 +0800 2025-09-24 17:00:00 +0800 lodged",
    ):
        assert part in said, part
    svg = html[html.index("<svg") : html.index("</svg>")]
    labels = [each.strip() for each in re.findall(r"<!--(.*?)-->", svg, re.DOTALL)]
    # The name of a lane and what came of it stand after its marks.
    ends = [place + 2 for place, each in enumerate(labels) if each.startswith(("REF", "6  REF"))]
    lanes = [labels[begin:end] for begin, end in pairwise([0, *ends])]
    assert [lane[-2:] for lane in lanes] == [
        ["6  REF&lt;6&gt;", "lodged"],
        ["REF&lt;6&gt;#1", "complying"],
        ["REF&lt;6&gt;#2", "refused"],
    ]
    assert [[each for each in lane[:-2] if each[0].islower()] for lane in lanes] == [
        ["issued", "deadline 24 Sep 17:00"],
        # A stack is drawn from the lane upwards.
        ["complying", "presented", "deadline 17 Sep 17:00"],
        ["presented", "refused", "deadline 19 Sep 17:00"],
    ]


def test_a_title_is_shown_with_its_chain_of_endorsements() -> None:
    html = report_html(summary(acts=(titled(),)), CLOSED)
    said = " ".join(Page(html).text.split())
    for part in (
        "Issued by Paper <Crane> for the bill of lading above, and surrendered.",
        "2025-09-05 10:00:00 +0800 ISSUE Paper <Crane> Elbfalke 0x",
        "2025-09-05 11:00:00 +0800 BLANK_ENDORSE Elbfalke in blank 0x",
    ):
        assert part in said, part
    assert "Electronic title" not in Page(report_html(summary(), CLOSED)).text


def test_the_same_figures_make_the_same_page() -> None:
    whole = summary()
    assert report_html(whole, CLOSED) == report_html(whole, CLOSED)
