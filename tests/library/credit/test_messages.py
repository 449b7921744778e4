# SPDX-License-Identifier: Apache-2.0
"""The messages expected of a credit's happenings, without a chain."""

from __future__ import annotations

import dataclasses
import typing
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from yangshan.chain.enums import Availability
from yangshan.chain.suite import Suite
from yangshan.credit import correspondence
from yangshan.credit.amendments import Amendment
from yangshan.credit.messages import (
    Advised,
    Amended,
    AmendmentAnswered,
    AskedForAuthority,
    CancellationProposed,
    Confirmed,
    Correspondent,
    ExpectedMessage,
    FoundComplying,
    Happening,
    Issued,
    KnownCredit,
    Paid,
    PreAdvised,
    RefusedDocuments,
    TakenUp,
    Untold,
    messages_of,
)
from yangshan.credit.settlements import Authorisation, Disposal
from yangshan.credit.terms import Bank, Confirmation
from yangshan.money import Money
from yangshan.swift import Message, check, read
from yangshan.swift.mapping import pre_advice_from_mt705, terms_from_mt700
from yangshan.swift.maps import model_of
from yangshan.swift.refusal import refusal_mt734

EXAMPLES = Path(__file__).parents[3] / "examples"
FILE = EXAMPLES / "credits" / "import-credit.mt700"
(CREDIT,) = read(FILE.read_bytes())
TERMS, _ = terms_from_mt700(CREDIT)
assert TERMS is not None
ISSUER = Correspondent("Yangshan Harbour Bank", "YSHACNSHXXX")
ADVISER = Correspondent("Sieben Leuchtfeuer Handelsbank", "YSSLDEHHXXX")
SELLER = Correspondent("Elbfalke Maschinenbau GmbH", None)
REFERENCE = "YSH25LC000817"
DRAWN = Money.of(128_000_000, "CNY")
PAID = Paid(ISSUER, ADVISER, DRAWN, date(2025, 10, 14))
ADVICE = Advised(ADVISER, ISSUER, date(2025, 9, 1), apparently_authentic=True)


def known(**references: str) -> KnownCredit:
    own = {int(number[1:]): reference for number, reference in references.items()}
    return KnownCredit(REFERENCE, ISSUER, TERMS, own)


def one(happening: Happening, credit: KnownCredit | None = None) -> ExpectedMessage:
    ((message,),) = messages_of(credit or known(), [happening])
    return message


def fields(expected: ExpectedMessage) -> dict[str, str]:
    (text,) = expected.texts
    (message,) = read(text)
    assert check(message) == []
    assert (message.type, message.sender, message.receiver) == (
        expected.kind,
        expected.sender,
        expected.receiver,
    )
    return {field.tag: field.value for field in message.fields}


def rows(message: Message) -> list[tuple[str, str]]:
    return [(field.tag, field.value) for field in message.fields]


def test_the_issue_is_the_mt_700_again() -> None:
    made = one(Issued(ISSUER))
    assert (made.kind, made.sender, made.receiver, made.reasons) == (
        "700",
        "YSHACNSHXXX",
        "YSSLDEHHXXX",
        (),
    )
    (text,) = made.texts
    stated = [(tag, "YSHACNSHXXX\nBY PAYMENT" if tag == "41A" else v) for tag, v in rows(CREDIT)]
    assert rows(read(text)[0]) == stated


def test_the_issue_needs_its_terms_and_a_receiver() -> None:
    made = one(Issued(ISSUER), KnownCredit(REFERENCE, ISSUER))
    assert (made.kind, made.texts) == ("700", ())
    assert made.reasons == (
        (
            "The terms of the credit are not kept here; expected those that Yangshan Harbour Bank "
            "committed to."
        ),
    )
    assert TERMS is not None
    silent = TERMS.model_copy(update={"advising_bank": None})
    made = one(Issued(ISSUER), KnownCredit(REFERENCE, ISSUER, silent))
    assert made.reasons == ("The terms name no advising bank, to which the credit would be sent.",)


def test_the_advice_is_acknowledged() -> None:
    made = one(ADVICE, known(_1="YSS25AK01"))
    assert fields(made) == {"20": "YSS25AK01", "21": REFERENCE, "30": "250901"}
    assert (made.sender, made.receiver) == ("YSSLDEHHXXX", "YSHACNSHXXX")


def test_the_second_adviser_acknowledges_to_the_first() -> None:
    second = Correspondent("Moth Bank", "YSMTCNSHXXX")
    advised = Advised(second, ADVISER, date(2025, 9, 2), apparently_authentic=True)
    made = one(advised, known(_1="MOTH1"))
    assert fields(made) == {"20": "MOTH1", "21": "NONREF", "30": "250902"}
    assert made.receiver == "YSSLDEHHXXX"


SECOND = Correspondent("Moth Bank", "YSMTCNSHXXX")
ONWARD = dataclasses.replace(ADVICE, onward=SECOND)


def asked(confirmation: Confirmation, bank: Bank | None = None) -> KnownCredit:
    assert TERMS is not None
    terms = TERMS.model_copy(
        update={"confirmation": confirmation, "requested_confirming_bank": bank}
    )
    return KnownCredit(REFERENCE, ISSUER, terms, {1: "YSS25AD01"})


def test_the_first_adviser_sends_the_credit_on_to_the_second() -> None:
    ((acknowledged, advice),) = messages_of(known(_1="YSS25AD01"), [ONWARD])
    assert (acknowledged.kind, len(acknowledged.texts)) == ("730", 1)
    stated = fields(advice)
    assert (advice.kind, advice.sender, advice.receiver) == ("710", "YSSLDEHHXXX", "YSMTCNSHXXX")
    assert (stated["40B"], stated["20"], stated["21"], stated["52A"]) == (
        "IRREVOCABLE\nWITHOUT OUR CONFIRMATION",
        "YSS25AD01",
        REFERENCE,
        "YSHACNSHXXX",
    )
    # All else is as in the credit, but for what that said to its own receiver.
    beside = {"27", "40A", "40B", "20", "21", "52A", "72Z", "41A"}
    issued = {field.tag: field.value for field in CREDIT.fields}
    assert {k: v for k, v in stated.items() if k not in beside} == {
        k: v for k, v in issued.items() if k not in beside
    }


@pytest.mark.parametrize(
    ("credit", "known_to_be_without"),
    [
        (asked(Confirmation.WITHOUT), True),
        (asked(Confirmation.MAY_ADD), False),
        (asked(Confirmation.CONFIRM, Bank(bic="YSSLDEHHXXX")), False),
        (asked(Confirmation.CONFIRM, Bank(lines=("MOTH BANK",))), False),
        (asked(Confirmation.CONFIRM, Bank(bic="YSMTCNSHXXX")), True),
    ],
)
def test_whether_the_adviser_confirms_is_not_guessed(
    credit: KnownCredit, known_to_be_without: bool
) -> None:
    ((_, advice),) = messages_of(credit, [ONWARD])
    assert (len(advice.texts) == 1) is known_to_be_without
    if not known_to_be_without:
        assert advice.reasons == (
            (
                "Whether Sieben Leuchtfeuer Handelsbank adds its confirmation (field 40B) is not "
                "known."
            ),
        )


@pytest.mark.parametrize("confirmed", [True, False])
def test_what_the_adviser_said_of_its_confirmation_is_stated(confirmed: bool) -> None:
    credit = asked(Confirmation.CONFIRM, Bank(bic="YSSLDEHHXXX"))
    said = dataclasses.replace(ONWARD, confirmed=confirmed)
    ((_, advice),) = messages_of(credit, [said])
    assert fields(advice)["40B"] == "IRREVOCABLE\n" + (
        "ADDING OUR CONFIRMATION" if confirmed else "WITHOUT OUR CONFIRMATION"
    )


def test_a_credit_is_sent_on_with_its_terms_alone() -> None:
    ((_, advice),) = messages_of(KnownCredit(REFERENCE, ISSUER), [ONWARD])
    assert (advice.kind, advice.texts, len(advice.reasons)) == ("710", (), 2)
    doubted = dataclasses.replace(ONWARD, apparently_authentic=False)
    ((acknowledged, advice),) = messages_of(known(_1="YSS25AD01"), [doubted])
    assert acknowledged.reasons == advice.reasons
    assert len(advice.reasons) == 1


def test_an_own_reference_is_never_made_up() -> None:
    made = one(ADVICE)
    assert (made.kind, made.texts) == ("730", ())
    assert made.reasons == (
        (
            "The reference that Sieben Leuchtfeuer Handelsbank gives this message (field 20) is "
            "not known."
        ),
    )
    # That of another place in the list is another message's.
    assert one(ADVICE, known(_2="YSS25AK01")).reasons == made.reasons


def test_doubts_about_authenticity_are_for_a_person() -> None:
    advised = Advised(ADVISER, ISSUER, date(2025, 9, 1), apparently_authentic=False)
    made = one(advised, known(_1="YSS25AK01"))
    assert made.texts == ()
    assert made.reasons == (
        (
            "Sieben Leuchtfeuer Handelsbank advised without having satisfied itself that the "
            "credit is authentic; a person words that (UCP 600 art. 9(f))."
        ),
    )


def test_the_nominated_bank_tells_that_the_documents_comply() -> None:
    made = one(FoundComplying(ADVISER, DRAWN), known(_1="YSS25PA01"))
    assert fields(made) == {"20": "YSS25PA01", "21": REFERENCE, "32B": "CNY1280000,00"}
    assert (made.kind, made.receiver) == ("754", "YSHACNSHXXX")


def test_the_issuing_bank_tells_nobody_that_the_documents_comply() -> None:
    assert one(FoundComplying(ISSUER, DRAWN)) == ExpectedMessage(
        None,
        reasons=(
            (
                "Yangshan Harbour Bank issued the credit and found this itself; it tells of its "
                "payment."
            ),
        ),
    )


def test_the_refusal_is_the_notice_that_was_given() -> None:
    notice = refusal_mt734(
        sender="YSHACNSH",
        receiver="YSSLDEHH",
        issuing_bank="YSHACNSH",
        reference=REFERENCE,
        presenting_reference=None,
        utilised_on=date(2025, 10, 14),
        amount=DRAWN,
        discrepancies=["LATE SHIPMENT"],
        disposal=Disposal.HOLD,
    )
    made = one(RefusedDocuments(ISSUER, ADVISER, notice))
    assert made == ExpectedMessage("734", "YSHACNSHXXX", "YSSLDEHHXXX", (notice,))
    made = one(RefusedDocuments(ISSUER, SELLER, None))
    assert (made.kind, made.texts) == ("734", ())
    assert made.reasons == (
        "The BIC of Elbfalke Maschinenbau GmbH is not known.",
        (
            "The notice of refusal is not kept here; expected the text that Yangshan Harbour Bank "
            "committed to."
        ),
    )


def test_the_payment_is_advised_to_the_presenting_bank() -> None:
    assert fields(one(PAID)) == {
        "20": REFERENCE,
        "21": "NONREF",
        "32B": "CNY1280000,00",
        "33A": "251014CNY1280000,00",
    }
    assert fields(one(PAID, known(_1="OTHER")))["20"] == "OTHER"


@pytest.mark.parametrize(
    ("paid", "why"),
    [
        (
            Paid(ISSUER, SELLER, DRAWN, date(2025, 10, 14)),
            "Elbfalke Maschinenbau GmbH presented and is no bank.",
        ),
        (
            Paid(ADVISER, ADVISER, DRAWN, date(2025, 10, 14)),
            (
                "Sieben Leuchtfeuer Handelsbank told Yangshan Harbour Bank when it found that the "
                "documents comply."
            ),
        ),
    ],
)
def test_a_payment_of_which_no_bank_is_told(paid: Paid, why: str) -> None:
    assert one(paid) == ExpectedMessage(None, reasons=(why,))


# Pre-advice, confirmation and amendments


def amendment_of(name: str) -> Amendment:
    (message,) = read((EXAMPLES / "amendments" / name).read_bytes())
    model, findings = model_of(message)
    assert findings == []
    assert isinstance(model, Amendment)
    return model


def test_the_pre_advice_is_the_mt_705_again() -> None:
    (message,) = read((EXAMPLES / "credits" / "import-credit.mt705").read_bytes())
    pre_advised, _ = pre_advice_from_mt705(message)
    assert pre_advised is not None
    made = one(PreAdvised(ISSUER, ADVISER, pre_advised.advice))
    assert (made.kind, made.sender, made.receiver) == ("705", "YSHACNSHXXX", "YSSLDEHHXXX")
    (text,) = made.texts
    stated = {tag: value for tag, value in rows(message) if tag != "41A"}
    assert {t: v for t, v in rows(read(text)[0]) if t != "41A"} == stated
    made = one(PreAdvised(ISSUER, None, None))
    assert made.reasons == (
        (
            "The pre-advice is not kept here; expected the one that Yangshan Harbour Bank "
            "committed to."
        ),
        "The credit names no advising bank, to which it would be sent.",
    )


def test_a_confirmation_is_told_to_who_asked_for_it() -> None:
    made = one(Confirmed(ADVISER, ISSUER, date(2025, 9, 1)), known(_1="YSS25CF01"))
    assert fields(made) == {
        "20": "YSS25CF01",
        "21": REFERENCE,
        "30": "250901",
        "79Z": "WE HAVE ADDED OUR CONFIRMATION TO THE CREDIT",
    }


def test_an_amendment_is_the_mt_707_again() -> None:
    amendment = amendment_of("import-credit.mt707")
    made = one(Amended(ISSUER, ADVISER, 1, amendment))
    assert (made.kind, made.sender, made.receiver) == ("707", "YSHACNSHXXX", "YSSLDEHHXXX")
    (message,) = read((EXAMPLES / "amendments" / "import-credit.mt707").read_bytes())
    (text,) = made.texts
    plain = {tag: value for tag, value in rows(message) if tag != "52A"}
    assert {t: v for t, v in rows(read(text)[0]) if t != "52A"} == plain
    # Its number is that of the chain, or it is not the one that was issued.
    (reason,) = one(Amended(ISSUER, ADVISER, 2, amendment)).reasons
    assert "expected amendment 2" in reason
    made = one(Amended(ISSUER, ADVISER, 3, None))
    assert made.reasons == (
        (
            "The text of amendment 3 is not kept here; expected the one that Yangshan Harbour Bank "
            "committed to."
        ),
    )


def test_a_proposed_cancellation_is_an_mt_707() -> None:
    made = one(CancellationProposed(ISSUER, ADVISER, 2, date(2025, 10, 1)))
    assert fields(made) == {
        "27": "1/1",
        "20": REFERENCE,
        "21": "NONREF",
        "23": REFERENCE,
        "52A": "YSHACNSHXXX",
        "31C": "250901",
        "26E": "2",
        "30": "251001",
        "22A": "ISSU",
        "23S": "CANCEL",
    }
    made = one(CancellationProposed(ISSUER, ADVISER, 2, date(2025, 10, 1)), unkept())
    assert made.texts == ()


def unkept() -> KnownCredit:
    return KnownCredit(REFERENCE, ISSUER)


def test_the_adviser_tells_what_became_of_an_amendment() -> None:
    answered = AmendmentAnswered(
        ADVISER, ISSUER, date(2025, 10, 8), "AMENDMENT 1: REJECTED BY THE BENEFICIARY"
    )
    made = one(answered, known(_1="YSS25AM01"))
    assert fields(made) == {
        "20": "YSS25AM01",
        "21": REFERENCE,
        "30": "251008",
        "79Z": "AMENDMENT 1: REJECTED BY THE BENEFICIARY",
    }
    assert (made.sender, made.receiver) == ("YSSLDEHHXXX", "YSHACNSHXXX")


# Documents that are not taken up at once


def test_a_bank_that_pays_later_says_when() -> None:
    found = FoundComplying(ADVISER, DRAWN, date(2025, 12, 4))
    assert fields(one(found, known(_1="YSS25PA01"))) == {
        "20": "YSS25PA01",
        "21": REFERENCE,
        "32A": "251204CNY1280000,00",
    }


def test_a_bank_that_waives_tells_it_as_its_payment() -> None:
    made = one(FoundComplying(ADVISER, DRAWN, waived=True), known(_1="YSS25PA01"))
    assert (made.kind, len(made.texts)) == ("754", 1)


def test_authority_is_asked_with_the_discrepancies() -> None:
    said = (
        "Late shipment: on board 2025-11-20, latest date of shipment 2025-11-15. Draft not signed."
    )
    asked_for = AskedForAuthority(ADVISER, DRAWN, said, refused=False)
    assert fields(one(asked_for, known(_1="YSS25DA01"))) == {
        "20": "YSS25DA01",
        "21": REFERENCE,
        "32B": "CNY1280000,00",
        "77J": (
            "Late shipment: on board 2025-11-20, latest date of\n"
            "shipment 2025-11-15. Draft not signed."
        ),
    }
    # After a notice of refusal it is too late to ask (UCP 600 art. 16(c)).
    made = one(dataclasses.replace(asked_for, refused=True), known(_1="YSS25DA01"))
    (reason,) = made.reasons
    assert "expected no refusal before authority is asked for" in reason
    made = one(dataclasses.replace(asked_for, discrepancies=None), known(_1="YSS25DA01"))
    assert made.reasons[0].startswith("What Sieben Leuchtfeuer Handelsbank asked is not kept here")


TAKEN = TakenUp(
    ISSUER,
    ADVISER,
    DRAWN,
    advised=date(2025, 10, 14),
    asked=None,
    refused=True,
    authorises=Authorisation.ACCEPT,
)


def test_what_was_refused_and_is_taken_up_is_a_discharge() -> None:
    made = one(TAKEN)
    assert (made.kind, made.receiver) == ("732", "YSSLDEHHXXX")
    assert fields(made) == {
        "20": REFERENCE,
        "21": "NONREF",
        "30": "251014",
        "32B": "CNY1280000,00",
    }


@pytest.mark.parametrize(
    ("authorises", "more"),
    [
        (Authorisation.ACCEPT, {}),
        (Authorisation.NEGOTIATE, {}),
        (Authorisation.REIMBURSE, {}),
        (
            Authorisation.SEE_NARRATIVE,
            {
                "79Z": "WE TAKE UP THE DOCUMENTS AS PRESENTED. YOU MAY\n"
                "HONOUR AS THE CREDIT STATES, AND ARE REIMBURSED AS\n"
                "IT STATES."
            },
        ),
    ],
)
def test_a_bank_that_asked_is_authorised(authorises: Authorisation, more: dict[str, str]) -> None:
    taken = dataclasses.replace(TAKEN, asked=date(2025, 10, 15), authorises=authorises)
    made = one(taken)
    assert (made.kind, made.receiver) == ("752", "YSSLDEHHXXX")
    assert fields(made) == {
        "20": REFERENCE,
        "21": "NONREF",
        "23": authorises.value,
        "30": "251015",
        "32B": "CNY1280000,00",
        **more,
    }


@pytest.mark.parametrize(
    ("availability", "reimbursing", "authorises"),
    [
        (Availability.SIGHT_PAYMENT, 0, Authorisation.SEE_NARRATIVE),
        (Availability.SIGHT_PAYMENT, 8, Authorisation.REIMBURSE),
        (Availability.DEFERRED_PAYMENT, 0, Authorisation.SEE_NARRATIVE),
        (Availability.DEFERRED_PAYMENT, 8, Authorisation.REIMBURSE),
        (Availability.MIXED, 0, Authorisation.SEE_NARRATIVE),
        (Availability.ACCEPTANCE, 8, Authorisation.ACCEPT),
        (Availability.NEGOTIATION, 8, Authorisation.NEGOTIATE),
    ],
)
def test_what_a_bank_that_asked_may_do(
    availability: Availability, reimbursing: int, authorises: Authorisation
) -> None:
    issued = SimpleNamespace(availability=availability, reimbursing_bank=reimbursing)
    assert correspondence.authority_of(issued) is authorises  # type: ignore[arg-type]


def test_of_other_documents_that_are_taken_up_the_payment_tells() -> None:
    assert one(dataclasses.replace(TAKEN, refused=False)) == ExpectedMessage(
        None,
        reasons=(
            "Yangshan Harbour Bank accepted the discrepancies itself; it tells of its payment.",
        ),
    )
    assert one(dataclasses.replace(TAKEN, presenter=SELLER)).reasons == (
        "Elbfalke Maschinenbau GmbH presented and is no bank.",
    )


def test_what_the_fields_cannot_hold_says_so() -> None:
    made = one(ADVICE, known(_1="/YSS25AK01"))
    assert made.texts == ()
    (reason,) = made.reasons
    assert reason.startswith("The message cannot be written: Field 20")


def test_each_happening_has_its_message_in_its_place() -> None:
    happenings = [Issued(ISSUER), ADVICE, Untold("NONE"), PAID]
    made = [one for (one,) in messages_of(known(_2="YSS25AK01"), happenings)]
    assert [message.kind for message in made] == ["700", "730", None, "756"]
    assert [len(message.texts) for message in made] == [1, 1, 0, 1]
    assert made[2].reasons == ("NONE",)


def test_every_event_of_a_credit_is_spoken_for() -> None:
    suite = Suite.load()
    named = {
        entry["name"]
        for contract in (
            "LetterOfCredit",
            "Presentations",
            "Forwarding",
            "Disposals",
            "PaymentObligations",
            "Reimbursements",
            "CreditTransfers",
            "CreditSchedules",
            "ElectronicRecords",
        )
        for entry in suite.abi(contract)
        if entry["type"] == "event"
    }
    assert {kind.__name__ for kind in correspondence.HAPPENINGS} == named
    assert len(typing.get_args(Happening)) == 19
