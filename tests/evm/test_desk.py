# SPDX-License-Identifier: Apache-2.0
"""Instructions to a desk: two hands, the policies of its actions, and what a target makes of it."""

from __future__ import annotations

import contextlib
import itertools
from typing import TYPE_CHECKING, Any

import pytest
from desks import (
    ACTION,
    ALONE,
    CHECKER,
    CLOSED,
    DEADLINE,
    ECHO,
    LIMIT,
    MAKER,
    NOBODY,
    ONE_HAND,
    REENTRANT,
    REFUSER,
    SELECTOR,
    TWO_HANDS,
    Instruction,
    ask,
    by,
    call_of,
    digest,
    executed,
    furnish,
    gone,
    install,
    instruction,
    mirrored,
    name_person,
    person,
    relayed,
    send,
    set_policy,
    signature,
    told,
    word,
)
from eth_utils import keccak
from suite import RevertedError, functions
from vocabulary import NO_END, Hands, Role
from world import (
    ADVISER,
    CNY,
    DEPLOYER,
    ISSUER,
    JPY,
    OUTSIDER,
    START,
    Issuance,
    World,
    admin,
    credit_id,
    desk,
    reverts,
)

from yangshan.alliance.desk_messages import DeskDomain, digest_of
from yangshan.chain import records

if TYPE_CHECKING:
    from collections.abc import Iterator

ISSUE = functions("LetterOfCredit")["issue"]


@pytest.fixture
def desk_at_work(world: World) -> World:
    return furnish(world)


def own(world: World) -> str:
    return world.addresses["MemberDesk"]


def propose(world: World, given: Instruction, caller: str = MAKER) -> Any:
    return send(world, caller, "propose", given)


def execute(
    world: World, caller: str, given: Instruction, maker: bytes = b"", checker: bytes = b""
) -> Any:
    return send(world, caller, "execute", given, maker, checker)


# What is signed


def test_the_digest_is_that_of_the_typed_data(desk_at_work: World) -> None:
    world = desk_at_work
    for given in (
        instruction(world),
        instruction(world, action="", call=b"", amount=2**256 - 1, nonce=2**64 - 1),
        instruction(world, action="付款 " * 20, call=bytes(range(256)) * 3, deadline=2**40 - 1),
    ):
        assert ask(world, "digestOf", given) == digest(given, own(world))


def test_the_domain_names_the_desk_and_the_chain(desk_at_work: World) -> None:
    found = ask(desk_at_work, "eip712Domain")
    assert found == (b"\x0f", "Yangshan member desk", "1", 1, own(desk_at_work), bytes(32), ())


# The two hands, each by a signature or by a transaction


@pytest.mark.parametrize("made_by", ["signature", "proposal"])
@pytest.mark.parametrize("checked_by", ["signature", "call"])
def test_maker_and_checker_sign_or_send(desk_at_work: World, made_by: str, checked_by: str) -> None:
    world = desk_at_work
    given = instruction(world)
    makers = by(world, "maker", given) if made_by == "signature" else b""
    if made_by == "proposal":
        receipt = propose(world, given)
        receipt.emitted(
            told(
                "InstructionProposed",
                digest=digest(given, own(world)),
                maker=MAKER,
                instruction=given,
            )
        )
        assert receipt.value == digest(given, own(world))
        assert ask(world, "proposedBy", receipt.value) == MAKER
    assert not ask(world, "isUsed", MAKER, 1)
    checkers = by(world, "checker", given) if checked_by == "signature" else b""
    caller = OUTSIDER if checked_by == "signature" else CHECKER
    receipt = execute(world, caller, given, makers, checkers)
    receipt.emitted(executed(world, given))
    assert receipt.value == given.call
    assert ask(world, "isUsed", MAKER, 1)
    assert ask(world, "proposedBy", digest(given, own(world))) == NOBODY
    with reverts("NonceUsed", MAKER, 1):
        execute(world, CHECKER, given, by(world, "maker", given))


def test_the_maker_sends_what_the_checker_signed(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world)
    execute(world, MAKER, given, b"", by(world, "checker", given)).emitted(executed(world, given))


def test_what_was_signed_and_not_proposed_is_no_proposal(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world)
    propose(world, given)
    near = given.but(nonce=2)
    with reverts("NotProposed", digest(near, own(world))):
        execute(world, CHECKER, near)
    with reverts("NotProposed", digest(near, own(world))):
        execute(world, OUTSIDER, near, b"", by(world, "checker", near))
    # What both signed needs no proposal, and what the proposal says is nothing then.
    relayed(world, given)
    assert ask(world, "proposedBy", digest(given, own(world))) == MAKER
    with reverts("NonceUsed", MAKER, 1):
        execute(world, CHECKER, given)


def test_a_stranger_approves_nothing(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world)
    propose(world, given)
    for caller in (OUTSIDER, desk(ISSUER), DEPLOYER):
        with reverts("NoHand", caller, False):
            execute(world, caller, given)
        with reverts("NoHand", caller, False):
            execute(world, caller, given, by(world, "maker", given))


def test_an_instruction_is_proposed_by_its_own_maker_and_once(desk_at_work: World) -> None:
    world = desk_at_work
    name_person(world, person("second maker"), maker=True)
    given = instruction(world)
    for caller in (person("second maker"), CHECKER, OUTSIDER):
        with reverts("NotTheMaker", caller, MAKER):
            propose(world, given, caller)
    propose(world, given)
    with reverts("ProposedAlready", digest(given, own(world))):
        propose(world, given)


def test_one_person_is_never_both_hands(desk_at_work: World) -> None:
    world = desk_at_work
    name_person(world, MAKER, maker=True, checker=True)
    given = instruction(world)
    signed = by(world, "maker", given)
    with reverts("SamePerson", MAKER):
        execute(world, OUTSIDER, given, signed, signed)
    with reverts("SamePerson", MAKER):
        execute(world, MAKER, given, signed)
    with reverts("SamePerson", MAKER):
        execute(world, MAKER, given)
    propose(world, given)
    with reverts("SamePerson", MAKER):
        execute(world, MAKER, given)


def test_what_was_approved_once_is_done_once_whoever_else_could_make_it(
    desk_at_work: World,
) -> None:
    """Two persons with both hands who sign one text must not be able to change places."""
    world = desk_at_work
    for account in (MAKER, CHECKER):
        name_person(world, account, maker=True, checker=True)
    given = instruction(world)
    makers, checkers = by(world, "maker", given), by(world, "checker", given)
    execute(world, OUTSIDER, given, makers, checkers)
    with reverts("NotTheMaker", CHECKER, MAKER):
        execute(world, OUTSIDER, given, checkers, makers)
    with signed_by_nobody("NotTheMaker"):
        execute(world, OUTSIDER, given.but(maker=CHECKER), checkers, makers)


@contextlib.contextmanager
def signed_by_nobody(name: str) -> Iterator[None]:
    """A signature of another text gives an account that nobody has."""
    with pytest.raises(RevertedError) as caught:
        yield
    assert caught.value.error.name == name
    assert caught.value.error.args[0] not in (MAKER, CHECKER)


# Signatures


def test_a_signature_of_another_text_is_nobodys(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world)
    for changed in (
        given.but(action="pay in"),
        given.but(target=OUTSIDER),
        given.but(currency=JPY.number),
        given.but(amount=LIMIT - 1),
        given.but(call=call_of(LIMIT - 1, CNY.number)),
        given.but(deadline=DEADLINE + 1),
        given.but(maker=CHECKER),
        given.but(nonce=2),
    ):
        with signed_by_nobody("NotTheMaker"):
            execute(world, CHECKER, given, by(world, "maker", changed))
        with signed_by_nobody("NoHand"):
            execute(world, MAKER, given, b"", by(world, "checker", changed))
    # The text as it should be is carried out: it was the change alone.
    relayed(world, given)


def test_a_signature_for_another_desk_or_chain_is_nobodys(desk_at_work: World) -> None:
    world = desk_at_work
    other = world.open_desk(ISSUER, int(Role.PAY), "Other desk")
    for account, maker in ((MAKER, True), (CHECKER, False)):
        args = (account, maker, not maker, NO_END)
        send(world, admin(ISSUER), "setPerson", *args, desk="Other desk")
    target = world.addresses["Target"]
    policy = (target, SELECTOR, CNY.number, ACTION, TWO_HANDS)
    send(world, admin(ISSUER), "setPolicy", *policy, desk="Other desk")
    given = instruction(world)
    for place, chain in ((other, 1), (own(world), 2)):
        signed = digest(given, place, chain)
        with signed_by_nobody("NotTheMaker"):
            execute(world, CHECKER, given, signature("maker", signed))
        with signed_by_nobody("NoHand"):
            execute(world, MAKER, given, b"", signature("checker", signed))
    # Each desk has its own: the same text with the same nonce counts once in each.
    relayed(world, given)
    signed = digest(given, other)
    args = (given, signature("maker", signed), signature("checker", signed))
    send(world, OUTSIDER, "execute", *args, desk="Other desk")


def test_the_other_signature_of_the_curve_does_not_count(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world)
    makers, checkers = by(world, "maker", given), by(world, "checker", given)
    for signed in (makers, checkers):
        assert mirrored(signed) != signed
    with reverts("ECDSAInvalidSignatureS", mirrored(makers)[32:64]):
        execute(world, OUTSIDER, given, mirrored(makers), checkers)
    with reverts("ECDSAInvalidSignatureS", mirrored(checkers)[32:64]):
        execute(world, OUTSIDER, given, makers, mirrored(checkers))


def test_a_signature_has_65_bytes_and_one_of_two_ends(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world)
    makers, checkers = by(world, "maker", given), by(world, "checker", given)
    for length in (1, 64, 66, 130):
        wrong = (makers + checkers)[:length]
        with reverts("ECDSAInvalidSignatureLength", length):
            execute(world, OUTSIDER, given, wrong, checkers)
        with reverts("ECDSAInvalidSignatureLength", length):
            execute(world, OUTSIDER, given, makers, wrong)
    for end in (0, 1, 26, 29, 255):
        wrong = makers[:64] + bytes([end])
        with reverts("ECDSAInvalidSignature"):
            execute(world, OUTSIDER, given, wrong, checkers)
    with reverts("ECDSAInvalidSignature"):
        execute(world, OUTSIDER, given, bytes(65), checkers)
    with reverts("ECDSAInvalidSignature"):
        execute(world, OUTSIDER, given, makers, bytes(65))


# Every hand and every act

# How a person may stand at the desk: maker, checker, last second counted from now.
STANDINGS = {
    "nobody": (False, False, 0),
    "maker": (True, False, 10),
    "checker": (False, True, 10),
    "both": (True, True, 10),
    "maker of the past": (True, False, -1),
    "checker of the past": (False, True, -1),
    "both of the past": (True, True, -1),
}
ACTS = ["propose", "sign as maker", "send as maker", "sign as checker", "send as checker"]


@pytest.mark.parametrize(("standing", "act"), list(itertools.product(STANDINGS, ACTS)))
def test_each_hand_does_its_own_and_in_its_time(
    desk_at_work: World, standing: str, act: str
) -> None:
    world = desk_at_work
    maker, checker, seconds = STANDINGS[standing]
    account = person("clerk")
    if maker or checker:
        last = world.time + 5
        name_person(world, account, maker=maker, checker=checker, until=last)
        world.at(last - seconds)
        assert ask(world, "person", account) == (maker, checker, last)
    as_maker = "checker" not in act
    given = instruction(world, maker=account if as_maker else MAKER)
    signed = by(world, "clerk", given)

    def attempt() -> Any:
        if act == "propose":
            return propose(world, given, account)
        if act == "sign as maker":
            return execute(world, CHECKER, given, signed)
        if act == "send as maker":
            return execute(world, account, given, b"", by(world, "checker", given))
        makers = by(world, "maker", given)
        if act == "sign as checker":
            return execute(world, OUTSIDER, given, makers, signed)
        return execute(world, account, given, makers)

    if (maker if as_maker else checker) and seconds >= 0:
        attempt()
    else:
        with reverts("NoHand", account, as_maker):
            attempt()


@pytest.mark.parametrize("late", ["maker", "checker"])
def test_a_person_acts_to_the_last_second_whenever_it_signed(
    desk_at_work: World, late: str
) -> None:
    """The hand counts when the instruction is carried out, not when it was signed or proposed."""
    world = desk_at_work
    last = START + 60
    name_person(world, person(late), maker=late == "maker", checker=late == "checker", until=last)
    given = instruction(world)
    propose(world, given)
    for time in (last - 1, last):
        with world.aside():
            relayed(world.at(time), given)
        with world.aside():
            execute(world.at(time), CHECKER, given)
    world.at(last + 1)
    with reverts("NoHand", person(late), late == "maker"):
        relayed(world, given)
    with reverts("NoHand", person(late), late == "maker"):
        execute(world, CHECKER, given)


def test_a_dismissed_person_moves_nothing_that_it_signed(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world)
    for account, is_maker in ((MAKER, True), (CHECKER, False)):
        with world.aside():
            name_person(world, account)
            with reverts("NoHand", account, is_maker):
                relayed(world, given)
    relayed(world, given)


# Deadlines


def test_an_instruction_lives_to_its_last_second(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world)
    for time in (DEADLINE - 1, DEADLINE):
        with world.aside():
            relayed(world.at(time), given)
        with world.aside():
            propose(world.at(time), given)
    world.at(DEADLINE + 1)
    with reverts("InstructionExpired", DEADLINE, DEADLINE + 1):
        relayed(world, given)
    with reverts("InstructionExpired", DEADLINE, DEADLINE + 1):
        propose(world, given)


# Policies


def both_refuse(world: World, given: Instruction, name: str, *args: Any) -> None:
    """Neither proposed nor carried out."""
    with reverts(name, *args):
        propose(world, given)
    with reverts(name, *args):
        relayed(world, given)


def test_a_policy_is_for_one_target_function_currency_and_name(desk_at_work: World) -> None:
    world = desk_at_work
    other = install(world, ECHO)
    given = instruction(world)
    call = b"\x12\x34\x56\x79" + given.call[4:]
    yen = given.but(currency=JPY.number, call=call_of(LIMIT, JPY.number))
    for changed in (given.but(target=other), given.but(call=call), yen, given.but(action="pay")):
        args = (changed.target, changed.call[:4], changed.currency)
        both_refuse(world, changed, "ActionClosed", *args)
        with world.aside():
            set_policy(
                world,
                TWO_HANDS,
                target=changed.target,
                selector=changed.call[:4],
                currency=changed.currency,
                action=changed.action,
            )
            propose(world, changed)
            relayed(world, changed)


def test_an_action_that_was_closed_again_is_closed(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world)
    propose(world, given)
    set_policy(world, CLOSED)
    both_refuse(world, given, "ActionClosed", given.target, SELECTOR, CNY.number)
    with reverts("ActionClosed", given.target, SELECTOR, CNY.number):
        execute(world, CHECKER, given)


@pytest.mark.parametrize("policy", [TWO_HANDS, ONE_HAND])
def test_nothing_goes_beyond_the_limit(desk_at_work: World, policy: tuple[int, ...]) -> None:
    world = desk_at_work
    if policy != TWO_HANDS:
        set_policy(world, policy)
    for amount in (LIMIT - 1, LIMIT):
        with world.aside():
            given = instruction(world, amount)
            propose(world, given)
            relayed(world, given)
    for amount in (LIMIT + 1, 2**64 + LIMIT, 2**256 - 1):
        both_refuse(world, instruction(world, amount), "OverLimit", amount, LIMIT)


def test_the_greatest_limit_is_the_greatest_amount_of_the_suite(desk_at_work: World) -> None:
    world = desk_at_work
    most = 2**64 - 1
    set_policy(world, (int(Hands.TWO), 1, 2, 0, most))
    relayed(world, instruction(world, most))
    both_refuse(world, instruction(world, most + 1, nonce=2), "OverLimit", most + 1, most)


def test_up_to_its_limit_a_maker_is_enough(desk_at_work: World) -> None:
    world = desk_at_work
    set_policy(world, ONE_HAND)
    for amount in (0, ALONE - 1, ALONE):
        given = instruction(world, amount)
        alone = executed(world, given, NOBODY)
        with world.aside():
            execute(world, MAKER, given).emitted(alone)
        with world.aside():
            execute(world, OUTSIDER, given, by(world, "maker", given)).emitted(alone)
        with world.aside():
            propose(world, given)
            # Whoever sends it, a checker too, is no checker of it.
            execute(world, CHECKER, given).emitted(alone)
        with world.aside():
            relayed(world, given).emitted(executed(world, given))
    given = instruction(world, ALONE + 1)
    with reverts("SamePerson", MAKER):
        execute(world, MAKER, given)
    with reverts("NoHand", OUTSIDER, False):
        execute(world, OUTSIDER, given, by(world, "maker", given))
    execute(world, CHECKER, given, by(world, "maker", given)).emitted(executed(world, given))


def test_a_checkers_signature_that_is_not_needed_must_be_good(desk_at_work: World) -> None:
    world = desk_at_work
    set_policy(world, ONE_HAND)
    given = instruction(world, ALONE)
    makers = by(world, "maker", given)
    with reverts("ECDSAInvalidSignatureLength", 64):
        execute(world, OUTSIDER, given, makers, makers[:64])
    with reverts("SamePerson", MAKER):
        execute(world, OUTSIDER, given, makers, makers)
    with reverts("NoHand", person("clerk"), False):
        execute(world, OUTSIDER, given, makers, by(world, "clerk", given))


def test_one_hand_is_still_that_of_the_maker(desk_at_work: World) -> None:
    world = desk_at_work
    set_policy(world, ONE_HAND)
    given = instruction(world, ALONE)
    with reverts("NotProposed", digest(given, own(world))):
        execute(world, CHECKER, given)
    with reverts("NoHand", CHECKER, True):
        execute(world, CHECKER, given.but(maker=CHECKER))
    with reverts("NotTheMaker", CHECKER, MAKER):
        execute(world, OUTSIDER, given, by(world, "checker", given))


def test_an_action_without_an_amount_takes_one_hand_or_two(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world, 0, currency=0, call=SELECTOR)
    set_policy(world, (int(Hands.ONE_UP_TO_LIMIT), 0, 0, 0, 0), currency=0)
    with world.aside():
        execute(world, MAKER, given).emitted(executed(world, given, NOBODY))
    set_policy(world, (int(Hands.TWO), 0, 0, 0, 0), currency=0)
    with reverts("SamePerson", MAKER):
        execute(world, MAKER, given)
    relayed(world, given).emitted(executed(world, given))


# What is said, and what is called


def test_the_amount_said_is_the_amount_called(desk_at_work: World) -> None:
    world = desk_at_work
    for said, called in ((1, 2), (2, 1), (0, 1), (LIMIT, LIMIT + 2**64), (0, 2**255)):
        given = instruction(world, said, call=call_of(called, CNY.number))
        both_refuse(world, given, "InstructionMisstated", said, called)


def test_the_currency_said_is_the_currency_called(desk_at_work: World) -> None:
    world = desk_at_work
    for called in (0, JPY.number, CNY.number + 2**16, 2**256 - 1):
        given = instruction(world, call=call_of(LIMIT, called))
        both_refuse(world, given, "InstructionMisstated", CNY.number, called)


def test_where_there_is_no_amount_none_is_said(desk_at_work: World) -> None:
    world = desk_at_work
    set_policy(world, (int(Hands.TWO), 0, 1, 0, 0))
    given = instruction(world, 0, call=SELECTOR + word(CNY.number) + word(7))
    both_refuse(world, given.but(amount=7), "InstructionMisstated", 7, 0)
    relayed(world, given)


@pytest.mark.parametrize(("amount_at", "currency_at"), [(1, 2), (2, 1), (3, 9), (255, 1), (1, 255)])
def test_the_places_are_where_the_policy_says(
    desk_at_work: World, amount_at: int, currency_at: int
) -> None:
    world = desk_at_work
    set_policy(world, (int(Hands.TWO), amount_at, currency_at, 0, 77))
    words = [word(2**200 + place) for place in range(256)]
    words[amount_at - 1], words[currency_at - 1] = word(77), word(CNY.number)
    whole = SELECTOR + b"".join(words)
    relayed(world, instruction(world, 77, call=whole))
    # A call that ends with what is read is long enough, and one a byte shorter is not.
    needed = 4 + 32 * max(amount_at, currency_at)
    relayed(world, instruction(world, 77, call=whole[:needed], nonce=2))
    for length in (needed - 1, needed - 32):
        given = instruction(world, 77, call=whole[:length], nonce=3)
        both_refuse(world, given, "CallTooShort", length, needed)


def test_a_call_has_a_selector(desk_at_work: World) -> None:
    world = desk_at_work
    set_policy(world, (int(Hands.TWO), 0, 0, 0, 0), currency=0, selector=b"\x12\x34\x56\0")
    for length in range(4):
        given = instruction(world, 0, currency=0, call=b"\x12\x34\x56\0"[:length])
        both_refuse(world, given, "CallTooShort", length, 4)
    relayed(world, instruction(world, 0, currency=0, call=b"\x12\x34\x56\0"))


# The target


def test_what_the_target_answers_is_answered(desk_at_work: World) -> None:
    world = desk_at_work
    for nonce, more in enumerate((0, 1, 31, 32, 33, 1_000)):
        given = instruction(world, nonce=nonce)
        given = given.but(call=given.call + bytes(range(256)) * 4)
        given = given.but(call=given.call[: 68 + more])
        assert relayed(world, given).value == given.call


def test_what_the_target_refuses_is_refused_in_its_words_and_nothing_is_used_up(
    desk_at_work: World,
) -> None:
    world = desk_at_work
    refuser = install(world, REFUSER)
    # It refuses with the data of the call: here an error of the register.
    call = keccak(text="UnknownMember(uint32)")[:4] + word(77)
    set_policy(world, (int(Hands.TWO), 0, 0, 0, 0), target=refuser, selector=call[:4], currency=0)
    given = instruction(world, 0, currency=0, target=refuser, call=call)
    propose(world, given)
    with reverts("UnknownMember", 77):
        execute(world, CHECKER, given)
    with reverts("UnknownMember", 77):
        relayed(world, given)
    assert not ask(world, "isUsed", MAKER, given.nonce)
    assert ask(world, "proposedBy", digest(given, own(world))) == MAKER


def test_a_target_that_gives_no_reason_gives_none(desk_at_work: World) -> None:
    world = desk_at_work
    silent = install(world, bytes.fromhex("60006000fd"))
    set_policy(world, TWO_HANDS, target=silent)
    with pytest.raises(RevertedError, match=r"^\(\)$"):
        relayed(world, instruction(world, target=silent))


def test_a_target_that_is_gone_is_called_no_more(desk_at_work: World) -> None:
    """A call of an address without code would succeed, and the instruction would seem done."""
    world = desk_at_work
    given = instruction(world)
    with gone(world, given.target):
        with reverts("NotATarget", given.target):
            relayed(world, given)
        assert not ask(world, "isUsed", MAKER, given.nonce)
        # Its policy can still be closed, and not be opened again.
        with world.aside():
            set_policy(world, CLOSED)
            with reverts("NotATarget", given.target):
                set_policy(world, TWO_HANDS)
    relayed(world, given)


def test_the_target_sees_the_desk_as_its_caller(desk_at_work: World) -> None:
    """An instrument takes the desk for what it is: an account of its member, with its roles."""
    world = desk_at_work
    letters = world.addresses["LetterOfCredit"]
    action = "issue a credit"
    policy = (int(Hands.TWO), 9, 10, 0, 128_000_000)
    set_policy(world, policy, target=letters, selector=ISSUE.selector, action=action)
    terms = Issuance()
    given = instruction(
        world, terms.amount, action=action, target=letters, call=ISSUE.calldata(terms)
    )
    receipt = relayed(world, given)
    number = credit_id(ISSUER, terms.reference)
    assert receipt.value == number
    assert [each.name for each in receipt.events] == ["InstructionExecuted", "CreditIssued"]
    assert receipt.events[1].fields["issuingBank"] == ISSUER
    again = given.but(nonce=2)
    with reverts("CreditExists", number):
        relayed(world, again)


def test_a_desk_without_the_role_meets_the_targets_refusal(desk_at_work: World) -> None:
    world = desk_at_work
    advise = functions("LetterOfCredit")["advise"]
    letters = world.addresses["LetterOfCredit"]
    policy = (int(Hands.TWO), 0, 0, 0, 0)
    set_policy(world, policy, target=letters, selector=advise.selector, currency=0)
    given = instruction(world, 0, currency=0, target=letters, call=advise.calldata(bytes(32), True))
    with reverts("MissingRole", own(world), ISSUER, int(Role.ADVISE)):
        relayed(world, given)


# Targets that call back


def calling_back(world: World, given: Instruction, maker: bytes, checker: bytes) -> bytes:
    """The data with which a target that calls back carries out ``given``."""
    inner = functions("MemberDesk")["execute"].calldata(given, maker, checker)
    return SELECTOR + word(install(world, inner))


def reentered(world: World, place: str, payload: str, nonce: int = 1) -> Instruction:
    """An instruction to the target that calls back with the code of ``payload``."""
    call = SELECTOR + word(payload)
    return instruction(world, 0, currency=0, target=place, call=call, nonce=nonce)


@pytest.fixture
def with_reentrant(desk_at_work: World) -> tuple[World, str]:
    world = desk_at_work
    place = install(world, REENTRANT)
    set_policy(world, (int(Hands.TWO), 0, 0, 0, 0), target=place, currency=0)
    # The target may approve: what stops it is not that it is nobody.
    name_person(world, place, checker=True)
    return world, place


def test_an_instruction_is_not_carried_out_within_itself(
    with_reentrant: tuple[World, str],
) -> None:
    world, place = with_reentrant
    # The payload is deployed next, so that the instruction can name it and it the instruction.
    given = reentered(world, place, world.next_address(0))
    makers = by(world, "maker", given)
    assert calling_back(world, given, makers, b"") == given.call
    with reverts("NonceUsed", MAKER, 1):
        execute(world, CHECKER, given, makers)
    given = reentered(world, place, world.next_address(0))
    calling_back(world, given, b"", b"")
    propose(world, given)
    with reverts("NotProposed", digest(given, own(world))):
        execute(world, CHECKER, given)


def test_another_instruction_is_carried_out_within_one(
    with_reentrant: tuple[World, str],
) -> None:
    world, place = with_reentrant
    inner = instruction(world, nonce=2)
    call = calling_back(world, inner, by(world, "maker", inner), b"")
    outer = instruction(world, 0, currency=0, target=place, call=call)
    receipt = relayed(world, outer)
    receipt.emitted(executed(world, outer), executed(world, inner, place))
    same = instruction(world, nonce=3)
    call = calling_back(world, same, by(world, "maker", same), b"")
    outer = instruction(world, 0, currency=0, target=place, call=call, nonce=3)
    with reverts("NonceUsed", MAKER, 3):
        relayed(world, outer)


# The library signs what the contract reads


def test_the_library_names_an_instruction_as_the_desk_does(desk_at_work: World) -> None:
    world = desk_at_work
    given = instruction(world)
    record = records.Instruction.read(given)
    found = digest_of(record, DeskDomain(1, own(world)))
    assert found == "0x" + ask(world, "digestOf", given).hex()


def test_members_have_desks_of_their_own(desk_at_work: World) -> None:
    world = desk_at_work
    other = world.open_desk(ADVISER, int(Role.ADVISE), "Other desk")
    assert other != own(world)
    for name, member in (("MemberDesk", ISSUER), ("Other desk", ADVISER)):
        assert ask(world, "memberId", desk=name) == member
        assert ask(world, "registry", desk=name) == world.addresses["AllianceRegistry"]
    assert world.view("MemberDesks.registry") == world.addresses["AllianceRegistry"]
    with reverts("NoHand", MAKER, True):
        send(world, MAKER, "propose", instruction(world), desk="Other desk")
