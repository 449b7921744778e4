# SPDX-License-Identifier: Apache-2.0
"""Messages and their models, there and back, over the corpus."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from swift_corpus import BASES, Rows
from swift_texts import FULL_700, FULL_734, MINIMAL_700, MINIMAL_734, fin

from yangshan.credit.amendments import text_changes
from yangshan.credit.refusals import AlreadyRefused, NoDiscrepancy
from yangshan.credit.settlements import Disposal
from yangshan.credit.terms import Bank
from yangshan.credit.undertakings import LocalUndertakingAmendment
from yangshan.money import Money
from yangshan.swift import check, is_valid, read
from yangshan.swift.definitions import definitions
from yangshan.swift.instruments import PartNotValid
from yangshan.swift.mapping import terms_from_mt700
from yangshan.swift.maps import MAPS, NotBuilt, Record, build, map_of, model_of, terms_in

SENDER, RECEIVER = "YSHACNSHXXX", "YSSLDEHHXXX"
# Whatever a control asks for is on record.
ON_RECORD = Record(
    presenter_instruction="RETURN BY COURIER",
    issuer_decision="WAIVED",
    found_complying="EXAMINER AND CHECKER",
    issuing_bank=SENDER,
)
CREDITS = {"700", "705", "707", "710", "720", "730", "732", "734"}
BETWEEN_BANKS = {"740", "742", "744", "747", "750", "752", "754", "756"}
UNDERTAKINGS = {"760", "765", "767", "785", "787"}
MAPPED = CREDITS | BETWEEN_BANKS | UNDERTAKINGS
EXAMPLES = {
    **{(kind, name): rows for kind in MAPPED & set(BASES) for name, rows in BASES[kind].items()},
    ("700", "full"): list(FULL_700.items()),
    ("700", "minimal"): list(MINIMAL_700.items()),
    ("734", "full"): list(FULL_734.items()),
    ("734", "minimal"): list(MINIMAL_734.items()),
}


def model_from(text: str) -> Any:
    messages = read(text)
    main, rest = messages[0], messages[1:]
    if main.type == "700":
        model, findings = terms_from_mt700(main, continuations=rest)
    else:
        model, findings = model_of(main, rest)  # type: ignore[assignment]
    assert model is not None, findings
    assert is_valid(findings)
    return model


def whole(rows: Rows) -> Rows:
    """One part alone, where the example begins an instrument of several."""
    return [(tag, "1/1" if tag == "27" else value) for tag, value in rows]


def test_the_table_has_every_message_that_is_no_continuation_and_no_free_text() -> None:
    assert set(MAPS) == MAPPED
    assert len({mapping.model for mapping in MAPS.values()}) == len(MAPS)
    for kind, mapping in MAPS.items():
        assert mapping.kind == kind
        places = [*mapping.places, *(mapping.part.places if mapping.part else ())]
        table = definitions().messages[kind]
        stated = {place.tag for place in places}
        rows = {
            (f"{sequence.id}." if sequence.id else "") + row.tag
            for sequence in table.table
            for row in sequence.fields
            if row.tag != "27" and not row.tag.startswith("15")
        }
        assert stated == rows
        assert len(places) == len(stated)


@pytest.mark.parametrize("kind", sorted(MAPPED))
def test_every_attribute_of_a_model_stands_in_one_place(kind: str) -> None:
    mapping = MAPS[kind]
    fields = getattr(mapping.model, "model_fields", None) or {
        field.name for field in dataclasses.fields(mapping.model)
    }
    names = [name for place in mapping.places for name in place.names]
    beside = {"issuing_bank", "advising_bank"} if kind == "700" else set()
    beside |= {mapping.part.name} if mapping.part else set()
    assert set(names) == set(fields) - beside
    assert len(names) == len(set(names))
    if mapping.part:
        inner = [name for place in mapping.part.places for name in place.names]
        assert sorted(inner) == sorted(
            field.name for field in dataclasses.fields(mapping.part.model)
        )


@pytest.mark.parametrize(("kind", "name"), sorted(EXAMPLES))
def test_message_to_model_to_message_says_the_same(kind: str, name: str) -> None:
    rows = whole(EXAMPLES[kind, name])
    model = model_from(fin(kind, rows))
    assert map_of(model) is MAPS[kind]
    if kind == "734" and name == "minimal":
        # Its text says REFUSED and no more, which the notice of a bank has to say in full.
        model = dataclasses.replace(model, discrepancies="WE REFUSE TO HONOUR")
    built = build(model, sender=SENDER, receiver=RECEIVER, record=ON_RECORD)
    text = "".join(built.texts)
    for message in read(text):
        assert message.type == kind
        assert check(message) == []
    assert built.doubts == ()
    assert model_from(text) == model
    # Whatever the fields say is kept, but for what is written in one way only.
    kept = [tag for tag, _ in rows]
    assert [field.tag for field in read(text)[0].fields] == kept


def test_what_is_no_model_is_no_message() -> None:
    with pytest.raises(TypeError, match="Record is no model of a message"):
        build(Record(), sender=SENDER, receiver=RECEIVER)


def example(kind: str, name: str = "full") -> Any:
    return model_from(fin(kind, whole(EXAMPLES[kind, name])))


def lines(count: int) -> str:
    return "\n".join(f"LINE {number} OF A LONG TEXT" for number in range(count))


@pytest.mark.parametrize(
    ("kind", "following", "changes"),
    [
        ("700", "701", {"documents": lines(150), "bank_only_conditions": lines(120)}),
        ("707", "708", {"goods": text_changes(None, lines(250))}),
        ("710", "711", {"conditions": lines(220)}),
        ("720", "721", {"goods": lines(101)}),
        ("760", "761", {"terms": lines(320)}),
        ("767", "775", {"other": lines(151)}),
    ],
)
def test_what_is_too_long_for_one_message_goes_on_in_the_next(
    kind: str, following: str, changes: dict[str, Any]
) -> None:
    model = example(kind)
    if kind == "700":
        model = model.model_copy(update=changes)
    else:
        model = dataclasses.replace(model, **changes)
    built = build(model, sender=SENDER, receiver=RECEIVER, record=ON_RECORD)
    assert len(built.texts) > 1
    types = [message.type for text in built.texts for message in read(text)]
    assert types == [kind, *[following] * (len(types) - 1)]
    assert model_from("".join(built.texts)) == model


def test_the_parts_of_an_undertaking_are_those_of_its_own_sequences() -> None:
    model = example("760")
    local = dataclasses.replace(model.local, terms=lines(200))
    model = dataclasses.replace(model, terms=lines(200), local=local)
    built = build(model, sender=SENDER, receiver=RECEIVER)
    second = read(built.texts[1])[0]
    assert [field.tag for field in second.fields][:3] == ["27", "20", "52A"]
    # The issuer of the undertaking itself, not of the local one.
    assert second.all("52A")[0].value == "YSHACNSHXXX"
    assert model_from("".join(built.texts)) == model


def refused(model: object, record: Record | None = None, **banks: str) -> tuple[str, ...]:
    ends = {"sender": SENDER, "receiver": RECEIVER} | banks
    with pytest.raises(NotBuilt) as not_built:
        build(model, record=record, **ends)  # type: ignore[arg-type]
    return not_built.value.reasons


def test_a_refusal_that_may_not_be_sent() -> None:
    notice = example("734")
    assert refused(notice, Record(earlier_refusal="YSH25REF00")) == (
        str(AlreadyRefused("YSH25REF00")),
    )
    notify = dataclasses.replace(notice, disposal=Disposal.NOTIFY)
    for issuer in (None, "YSMTCNSH"):
        (reason,) = refused(notify, Record(issuing_bank=issuer))
        assert reason == (
            "The disposal NOTIFY is not open here: only the issuing bank can wait for a waiver of "
            "the applicant (UCP 600 art. 16(c)(iii))."
        )
    assert build(
        notify, sender=SENDER, receiver=RECEIVER, record=Record(issuing_bank="YSHACNSH")
    ).texts
    before = dataclasses.replace(notice, disposal=Disposal.PREVINST)
    for instruction in (None, " "):
        (reason,) = refused(before, Record(presenter_instruction=instruction))
        assert reason.startswith("The disposal PREVINST is not open here")
    (reason,) = refused(dataclasses.replace(notice, discrepancies=" "))
    assert reason == str(NoDiscrepancy())


def test_a_refusal_says_that_it_refuses() -> None:
    notice = dataclasses.replace(example("734"), discrepancies="LATE SHIPMENT")
    (reason,) = refused(notice)
    assert "(rule statement of refusal of MT 734, Y30)" in reason


@pytest.mark.parametrize(
    ("kind", "record", "allowed"),
    [
        ("750", Record(earlier_refusal="YSH25REF00"), Record()),
        ("752", Record(), Record(issuer_decision="WAIVED")),
        ("754", Record(), Record(found_complying="EXAMINER")),
        ("707", Record(last_amendment=1), Record(last_amendment=0)),
        ("707", Record(last_amendment=2), Record()),
    ],
)
def test_the_controls_of_the_sender(kind: str, record: Record, allowed: Record) -> None:
    model = example(kind)
    assert len(refused(model, record)) == 1
    assert build(model, sender=SENDER, receiver=RECEIVER, record=allowed).doubts == ()


def test_a_credit_goes_from_its_issuing_to_its_advising_bank() -> None:
    terms = example("700")
    other = "YSMTCNSH"
    assert refused(terms, sender=other, receiver=other) == tuple(
        f"The message would have {other} as {role} bank; expected {bank}, as the terms have it."
        for role, bank in (("issuing", SENDER), ("advising", RECEIVER))
    )
    (reason,) = refused(terms, sender="YSHACNS")
    assert reason.startswith("The sender is given as 'YSHACNS'; expected a BIC")


def test_totals_that_are_not_made_are_doubts() -> None:
    claim = example("742")
    fee = Money.of(10_050, "CNY")
    assert claim.total == Money.of(128_000_000 + 2 * 10_050, "CNY")
    deducted = dataclasses.replace(claim, total=Money.of(128_000_000, "CNY"))
    for total in (claim, deducted):
        assert build(total, sender=SENDER, receiver=RECEIVER).doubts == ()
    wrong = dataclasses.replace(claim, total=Money.of(128_000_001, "CNY"))
    (doubt,) = build(wrong, sender=SENDER, receiver=RECEIVER).doubts
    assert doubt == (
        "The claim is for CNY 1,280,000.01, and its other amounts do not make that (field 34a is "
        "32B and 33B with the charges of 71D added or deducted)."
    )
    said = dataclasses.replace(wrong, charges="OUR USUAL CHARGES")
    assert build(said, sender=SENDER, receiver=RECEIVER).doubts == ()
    mixed = dataclasses.replace(claim, additional=Money.of(fee.minor, "JPY"))
    (doubt,) = build(mixed, sender=SENDER, receiver=RECEIVER).doubts
    assert doubt == "The amounts of the claim are in several currencies; expected one."


@pytest.mark.parametrize(
    ("name", "before", "doubts"),
    [
        ("full", 128_000_000, 0),
        ("full", 128_000_001, 1),
        ("decrease", 128_000_000, 0),
        ("decrease", 127_999_999, 1),
    ],
)
def test_the_new_amount_of_an_authority_is_the_old_one_changed(
    name: str, before: int, doubts: int
) -> None:
    record = Record(amount_before=Money.of(before, "CNY"))
    built = build(example("747", name), sender=SENDER, receiver=RECEIVER, record=record)
    assert len(built.doubts) == doubts
    assert build(example("747", name), sender=SENDER, receiver=RECEIVER).doubts == ()


def test_what_a_field_cannot_hold_is_not_built() -> None:
    with pytest.raises(PartNotValid) as refused_part:
        build(
            dataclasses.replace(example("732"), reference="A" * 17),
            sender=SENDER,
            receiver=RECEIVER,
        )
    assert [finding.tag for finding in refused_part.value.findings] == ["20"]
    place = Bank(account="1", mark="D", location="PUDONG")
    assert (
        build(
            dataclasses.replace(example("754", "account"), account_with=place),
            sender=SENDER,
            receiver=RECEIVER,
            record=ON_RECORD,
        )
        .texts[0]
        .count(":57B:/D/1\r\nPUDONG\r\n")
        == 1
    )
    assert refused(dataclasses.replace(example("742"), issuing_bank=place)) == (
        "The issuing bank would be field 52B; expected 52A or 52D.",
    )


@pytest.mark.parametrize("kind", ["705", "707", "710"])
def test_a_form_outside_ucp_600_has_no_model(kind: str) -> None:
    rows = whole(EXAMPLES[kind, "full"])
    text = fin(kind, rows).replace("IRREVOCABLE TRANSFERABLE", "REVOCABLE")
    text = text.replace(":IRREVOCABLE\r\n", ":REVOCABLE\r\n")
    model, findings = model_of(read(text)[0])
    assert model is None
    assert [found.code for found in findings if found.severity == "error"] == ["Y44"]


def test_the_transfer_of_a_transferable_form_is_written_without_it() -> None:
    text = fin("720", whole(EXAMPLES["720", "minimal"]))
    other = text.replace("IRREVOCABLE\r\n", "IRREVOCABLE TRANSFERABLE\r\n")
    model = model_from(other)
    assert model == model_from(text)
    built = build(model, sender=SENDER, receiver=RECEIVER)
    assert ":40B:IRREVOCABLE\r\nWITHOUT OUR CONFIRMATION\r\n" in built.texts[0]


def test_a_change_without_its_text_has_no_model() -> None:
    rows = [("45B", "/ADD/") if tag == "45B" else (tag, v) for tag, v in EXAMPLES["707", "full"]]
    model, findings = model_of(read(fin("707", rows))[0])
    assert model is None
    assert [(found.code, found.tag, found.severity) for found in findings] == [
        ("Y54", "45B", "error")
    ]


def test_a_message_with_an_error_has_no_model() -> None:
    model, findings = model_of(read(fin("732", [("20", "A"), ("21", "B"), ("30", "251002")]))[0])
    assert model is None
    assert [(found.code, found.tag) for found in findings] == [("T13", "32B")]


def test_parts_that_are_missing_are_errors() -> None:
    rows = [(tag, "1/2" if tag == "27" else value) for tag, value in EXAMPLES["760", "full"]]
    model, findings = model_of(read(fin("760", rows))[0])
    assert model is None
    assert [found.code for found in findings] == ["Y43"]


def test_the_terms_of_a_message_by_their_fields() -> None:
    assert terms_in("732") == {
        "20": ("reference",),
        "21": ("presenting_reference",),
        "30": ("advised",),
        "32B": ("amount",),
        "72Z": ("sender_to_receiver",),
    }
    assert terms_in("760")["C.77L"] == ("local.terms",)
    assert terms_in("761") == {"77U": ("terms",), "77L": ("local.terms",)}
    assert terms_in("799") == {}


@pytest.mark.parametrize(
    ("kind", "changes", "what"),
    [
        ("744", {"reason_text": ""}, "reason text cannot be written in field 73R"),
        (
            "707",
            {"applicable_rules": None, "rules_text": "HOUSE RULES"},
            "rules text cannot be written in field 40E",
        ),
        (
            "754",
            {"account_with": Bank(account="C"), "reimbursing_bank": None, "narrative": None},
            "account with cannot be written in field 57a",
        ),
    ],
)
def test_what_would_be_read_otherwise_is_not_built(
    kind: str, changes: dict[str, Any], what: str
) -> None:
    model = dataclasses.replace(example(kind), **changes)
    assert refused(model, ON_RECORD) == (f"The {what} so that it is read again as it is.",)


@pytest.mark.parametrize(
    ("kind", "changes", "tag"),
    [
        ("707", {"expiry_place": None}, "31D"),
        ("740", {"available_with": None}, "41D"),
        ("732", {"amount": Money.of(-1, "CNY")}, "32B"),
        ("732", {"sender_to_receiver": "A\n:20:B"}, "20"),
        ("732", {"sender_to_receiver": "A\n"}, "72Z"),
        ("767", {"local": LocalUndertakingAmendment()}, "15C"),
    ],
)
def test_what_is_half_stated_is_not_built(kind: str, changes: dict[str, Any], tag: str) -> None:
    model = dataclasses.replace(example(kind), **changes)
    with pytest.raises(PartNotValid) as half:
        build(model, sender=SENDER, receiver=RECEIVER, record=ON_RECORD)
    assert half.value.findings[0].tag == tag
