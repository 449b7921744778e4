# SPDX-License-Identifier: Apache-2.0
"""``yangshan titles offer``, ``take`` ...: titles delivered against payment or a trust receipt.

A delivery is named by any title of it; which others belong to it the events tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from yangshan.acts import Draft
from yangshan.alliance.entries import amount as amount_of
from yangshan.alliance.entries import instant
from yangshan.chain.enums import DeliveryBasis, DeliveryState
from yangshan.chain.records import NO_COMMITMENT, DeliveryTerms
from yangshan.cli.acting import opened
from yangshan.cli.bureau import BankOption, Dossier, PresentationText
from yangshan.cli.common import AsJson, Home, Rpc, console, print_indented, print_json
from yangshan.cli.hands import Actor, Plan, acting_command, words
from yangshan.cli.title_names import TitlesText, TitleText, title_at, titles_at
from yangshan.credit.ids import presentation_id
from yangshan.errors import Refused, Unusable
from yangshan.money import Currency
from yangshan.titles import delivering
from yangshan.titles.deliveries import Deliveries

if TYPE_CHECKING:
    from eth_typing import ChecksumAddress

    from yangshan.acts import Act
    from yangshan.chain.wording import Wording
    from yangshan.cli.hands import Found, Hands
    from yangshan.titles.deliveries import DeliveryView

_RECEIPT_KIND = "trust-receipt"

_ReferenceText = Annotated[
    str, typer.Option("--payment", help="Reference of the payment that was received elsewhere.")
]


class DueUnclear(Unusable):
    """A delivery against payment that is due some time, or one on trust that is not."""

    def __init__(self) -> None:
        super().__init__(
            "Say --on-trust with --due UNTIL, the last second for payment; a delivery against "
            "payment has neither."
        )


class ReceiptUnclear(Refused):
    """A delivery against payment taken with a receipt, or one on trust without."""

    def __init__(self, basis: DeliveryBasis) -> None:
        expected = "none is given" if basis is DeliveryBasis.PAYMENT else "say --receipt WORDS"
        super().__init__(f"These titles are delivered against {_AGAINST[basis]}: {expected}.")
        self.basis = basis


_AGAINST = {DeliveryBasis.PAYMENT: "payment", DeliveryBasis.TRUST_RECEIPT: "a trust receipt"}


@dataclass
class Dealer(Actor):
    """A member that delivers titles or takes them, by its key or its desk."""

    @property
    def service(self) -> Deliveries:
        """The deliveries there."""
        return self.office.deliveries

    def account(self, member: int) -> ChecksumAddress:
        """An account of a member that can move titles on; raises NoKeyForTitles."""
        return self.office.titles.recipient(member, self.name(member)).account

    def plan(self, delivery: str, titles: tuple[str, ...], act: Act | Draft) -> Plan:
        """An act on a delivery, told with how it stands once it is done."""

        def found() -> Found:
            (view,) = (each for each in self.service.all() if each.delivery == delivery)
            wording = self.office.wording
            return {"stands": delivery_json(view, wording)}, [
                ("delivery", delivery_told(view, wording))
            ]

        return Plan(act, {"delivery": delivery, "titles": list(titles)}, found=found)


def register(app: typer.Typer) -> None:
    """Adds these commands."""
    for each, name in (
        (_offer, "offer"),
        (_take, "take"),
        (_deliver, "deliver"),
        (_withdraw, "withdraw"),
        (_lapse, "lapse"),
        (_pay, "pay"),
        (_attest, "attest"),
    ):
        acting_command(app, name, _dealer, {})(each)
    app.command("deliveries")(_deliveries)


def _dealer(hands: Hands, **common: Any) -> Dealer:
    return Dealer(**common, hands=hands)


def _offer(
    bank: Dealer,
    titles: TitlesText,
    to: Annotated[str, typer.Option("--to", help="The member that may take them.")],
    amount: Annotated[str, typer.Option("--amount", help="What for, as 1,280,000.00.")],
    currency: Annotated[str, typer.Option("--currency", help="Of the amount, as CNY.")],
    take_by: Annotated[
        str,
        typer.Option("--take-by", help="Last second to take them, as 2026-03-31T23:59:59+08:00."),
    ],
    on_trust: Annotated[
        bool, typer.Option("--on-trust", help="Against a trust receipt, instead of payment.")
    ] = False,
    due: Annotated[
        str, typer.Option("--due", help="On trust: last second for payment, as above.")
    ] = "",
    credit: Annotated[
        str, typer.Option("--credit", metavar="REF", help="The credit under which they came.")
    ] = "",
    presentation: PresentationText = "",
    issuer: BankOption = "",
) -> Plan:
    """Offer titles that this bank holds to a member, against payment or its trust receipt."""
    if on_trust != bool(due):
        raise DueUnclear
    named, money = titles_at(titles), amount_of(amount, Currency.of(currency))
    terms = DeliveryTerms(
        amount=money.minor,
        currency=money.currency.number,
        basis=DeliveryBasis.TRUST_RECEIPT if on_trust else DeliveryBasis.PAYMENT,
        take_by=instant(take_by),
        due=instant(due) if due else None,
    )
    applicant, source = bank.office.member(to), NO_COMMITMENT
    if credit:
        dossier = Dossier(bank.rpc, bank.home, bank.as_json, issuer or None)
        dossier.open(credit)
        source = presentation_id(dossier.presentation(presentation))
    key = bank.service.next_key(bank.member, applicant, source, named)
    number = bank.service.number_of(key)
    act = delivering.offer(number, key, terms, bank.name(applicant))
    return bank.plan(number, key.titles, act)


def _take(
    applicant: Dealer,
    title: TitleText,
    receipt: Annotated[
        str,
        typer.Option(
            "--receipt",
            help="The words of the signed trust receipt, or @FILE; the chain gets a commitment.",
        ),
    ] = "",
) -> Plan:
    """Take the titles of a delivery: pay in the same transaction, or owe on a trust receipt."""
    view = applicant.service.of_title(title_at(title), applicant=applicant.member)
    on_trust = view.terms.basis is DeliveryBasis.TRUST_RECEIPT
    if on_trust != bool(receipt):
        raise ReceiptUnclear(view.terms.basis)
    number, key, account = view.delivery, view.key, applicant.account(applicant.member)
    if not on_trust:
        act: Act | Draft = delivering.take(number, key, account, view.owed)
    else:
        act = Draft(
            _RECEIPT_KIND,
            number,
            {"delivery": number, "text": words(receipt, "the trust receipt")},
            lambda kept: delivering.take_on_trust(number, key, account, view.owed, kept),
        )
    return applicant.plan(number, key.titles, act)


def _deliver(bank: Dealer, title: TitleText, payment: _ReferenceText) -> Plan:
    """Hand over the titles of a delivery, as the bank that was paid for them elsewhere."""
    view = bank.service.of_title(title_at(title), bank=bank.member)
    account = bank.account(view.key.applicant)
    act = delivering.release(view.delivery, view.key, account, payment)
    return bank.plan(view.delivery, view.key.titles, act)


def _withdraw(bank: Dealer, title: TitleText) -> Plan:
    """Take back the titles of a delivery that nobody has taken yet."""
    view = bank.service.of_title(title_at(title), bank=bank.member)
    return bank.plan(view.delivery, view.key.titles, delivering.withdraw(view.delivery, view.key))


def _lapse(anyone: Dealer, title: TitleText) -> Plan:
    """Send the titles of a delivery back that nobody took in time; anybody may."""
    view = anyone.service.of_title(title_at(title))
    return anyone.plan(view.delivery, view.key.titles, delivering.lapse(view.delivery, view.key))


def _pay(applicant: Dealer, title: TitleText) -> Plan:
    """Pay what is owed for titles taken on trust, in cash on the ledger."""
    view = applicant.service.of_title(title_at(title), applicant=applicant.member)
    act = delivering.pay(view.delivery, view.key, view.owed)
    return applicant.plan(view.delivery, view.key.titles, act)


def _attest(bank: Dealer, title: TitleText, payment: _ReferenceText) -> Plan:
    """Attest, as the bank, that titles taken on trust were paid for elsewhere."""
    view = bank.service.of_title(title_at(title), bank=bank.member)
    act = delivering.attest_payment(view.delivery, view.key, payment)
    return bank.plan(view.delivery, view.key.titles, act)


def _deliveries(
    rpc: Rpc,
    member: Annotated[
        str, typer.Option("--member", help="Those of this bank or applicant alone.")
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> int:
    """List deliveries: who offered which titles to whom, against what, and where they stand."""
    office = opened(rpc, home, as_json=as_json)
    found = office.deliveries.all(office.member(member) if member else 0)
    if as_json:
        print_json([delivery_json(each, office.wording) for each in found])
        return 0
    for each in found:
        console.print(f"[bold]{each.delivery}[/]", soft_wrap=True)
        print_indented(delivery_told(each, office.wording), 2)
        for title in each.key.titles:
            print_indented(title, 4)
    return 0


def delivery_told(view: DeliveryView, wording: Wording) -> str:
    """Who offered titles to whom, against what, and where that stands, in one phrase."""
    key, terms = view.key, view.terms
    against = f"{_AGAINST[terms.basis]}, {view.owed}"
    bank, applicant = wording.member(key.bank), wording.member(key.applicant)
    when = {
        DeliveryState.OFFERED: f", to be taken until {wording.time(terms.take_by)}",
        DeliveryState.ON_TRUST: f", due {wording.time(terms.due)}" if terms.due else "",
        DeliveryState.OVERDUE: f", due {wording.time(terms.due)}" if terms.due else "",
    }.get(view.state, "")
    return f"{view.state.label}: {bank} to {applicant} against {against}{when}"


def delivery_json(view: DeliveryView, wording: Wording) -> dict[str, Any]:
    """All of a delivery for programs."""
    key, terms = view.key, view.terms
    return {
        "delivery": view.delivery,
        "state": view.state.name,
        "bank": key.bank,
        "applicant": key.applicant,
        "amount": terms.amount,
        "currency": view.owed.currency.code,
        "basis": terms.basis.name,
        "take_by": terms.take_by.isoformat(),
        "due": terms.due.isoformat() if terms.due else None,
        "source": None if key.source == NO_COMMITMENT else key.source,
        "number": key.number,
        "titles": list(key.titles),
        "sentence": delivery_told(view, wording) + ".",
    }
