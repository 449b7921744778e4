# SPDX-License-Identifier: Apache-2.0
"""The contracts' enumerations and flags, number by number.

A test holds them to the Solidity sources. ``label`` is how a sentence for people says a value.
"""

from __future__ import annotations

from enum import IntEnum, IntFlag


class Choice(IntEnum):
    """A number that stands for one of several things."""

    @property
    def label(self) -> str:
        """The value in words, such as ``central bank``."""
        return self.name.lower().replace("_", " ")


class MemberKind(Choice):
    """What an organisation is in the alliance."""

    NONE = 0
    AUTHORITY = 1
    CUSTOMS = 2
    CENTRAL_BANK = 3
    BANK = 4
    TRADER = 5
    CARRIER = 6
    INSURER = 7
    INSPECTOR = 8
    OPERATOR = 9


class MemberStatus(Choice):
    """Where a member stands; only an active one may take new business."""

    NONE = 0
    ACTIVE = 1
    SUSPENDED = 2
    RESIGNED = 3
    EXPELLED = 4


class CreditState(Choice):
    """Where a credit stands; time alone makes an issued one expired."""

    NONE = 0
    PRE_ADVISED = 1
    ISSUED = 2
    CANCELLED = 3
    EXPIRED = 4


class Availability(Choice):
    """How a credit is available (UCP 600 art. 6(b))."""

    NONE = 0
    SIGHT_PAYMENT = 1
    DEFERRED_PAYMENT = 2
    ACCEPTANCE = 3
    NEGOTIATION = 4
    MIXED = 5


class MaturityFrom(Choice):
    """What a usance counts from; a fixed date is the day of maturity itself."""

    NONE = 0
    SIGHT = 1
    SHIPMENT = 2
    FIXED_DATE = 3

    @property
    def label(self) -> str:
        """The value in words, such as ``fixed date``; of none that it is nothing."""
        return super().label if self else "nothing"


class Renewal(Choice):
    """How the amount of a credit revolves."""

    NONE = 0
    BY_TIME = 1
    BY_TIME_CUMULATIVE = 2
    BY_USE = 3


class AmendmentState(Choice):
    """Where an amendment stands; the end of its credit alone makes a pending one lapsed."""

    NONE = 0
    PENDING = 1
    ACCEPTED = 2
    REJECTED = 3
    LAPSED = 4


class PreAdvisedTerm(Choice):
    """What a credit must take from its pre-advice (UCP 600 art. 11(b))."""

    BENEFICIARY = 0
    ADVISING_BANK = 1
    CURRENCY = 2
    AVAILABILITY = 3
    AMOUNT = 4
    EXPIRY = 5


class PresentationState(Choice):
    """Where a presentation stands.

    Time alone makes a silent bank precluded; that is stored only of one that broke its notice.
    """

    NONE = 0
    LODGED = 1
    COMPLYING = 2
    REFUSED = 3
    PRECLUDED = 4
    CLAIMED = 5
    WAIVED = 6
    RETURN_DUE = 7
    RETURNED = 8
    FORWARDED = 9
    SUSPENDED = 10
    RELEASED = 11
    DISPOSED = 12


class RecordsState(Choice):
    """Where the electronic records of a presentation stand; time alone makes them disposable."""

    NONE = 0
    OPEN = 1
    COMPLETE = 2
    SUSPENDED = 3
    DISPOSABLE = 4
    DISPOSED = 5


class RecordFormat(Choice):
    """What kind of thing a record is (eUCP 2.1 art. e5)."""

    NONE = 0
    PAPER = 1
    PDF = 2
    XML = 3
    JSON = 4
    TEXT = 5
    IMAGE = 6
    OTHER = 7


class DocumentStatus(Choice):
    """Where a registered document stands, or stood at some time."""

    UNKNOWN = 0
    REGISTERED = 1
    REVOKED = 2
    SUPERSEDED = 3
    EXPIRED = 4


class DeclarationStatus(Choice):
    """Where a customs declaration stands."""

    NONE = 0
    DECLARED = 1
    RELEASED = 2
    AMENDED = 3
    WITHDRAWN = 4


class TitleState(Choice):
    """Where an electronic title stands; ``DELIVERED`` alone is the end."""

    NONE = 0
    LIVE = 1
    PLEDGED = 2
    IN_CUSTODY = 3
    SURRENDERED = 4
    AMENDING = 5
    ON_PAPER = 6
    DELIVERED = 7


class TitleForm(Choice):
    """How a title can be passed on: by endorsement, not at all, or by possession alone."""

    NONE = 0
    TO_ORDER = 1
    STRAIGHT = 2
    BLANK = 3


class SurrenderPurpose(Choice):
    """What a title is surrendered for (DCSA BL 3)."""

    DELIVERY = 0
    AMENDMENT = 1
    PAPER = 2
    DESTINATION = 3
    SWITCH = 4


class TitleAct(Choice):
    """What one call may ask for several titles, or a facade for its own."""

    NOMINATE = 0
    ENDORSE = 1
    TRANSFER_HOLDER = 2
    TRANSFER_BOTH = 3
    REJECT_HOLDER = 4
    REJECT_BENEFICIARY = 5
    REJECT_BOTH = 6
    PLEDGE = 7
    RELEASE_PLEDGE = 8
    SURRENDER = 9
    ACCEPT_SURRENDER = 10
    REJECT_SURRENDER = 11


class DeliveryState(Choice):
    """Where a delivery of titles stands; LAPSED and OVERDUE are never stored."""

    NONE = 0
    OFFERED = 1
    ON_TRUST = 2
    SETTLED = 3
    WITHDRAWN = 4
    LAPSED = 5
    OVERDUE = 6


class DeliveryBasis(Choice):
    """What titles are delivered against."""

    PAYMENT = 0
    TRUST_RECEIPT = 1


class PresenterInstruction(Choice):
    """What a presenter tells the bank about its documents."""

    NONE = 0
    BEFOREHAND = 1
    TAKE_UP = 2
    RETURN = 3
    RELEASE = 4


class Disposal(Choice):
    """What a refusing bank does with the documents (UCP 600 art. 16(c)(iii))."""

    NONE = 0
    HOLD = 1
    NOTIFY = 2
    RETURN = 3
    PREVIOUS_INSTRUCTIONS = 4


class ObligationState(Choice):
    """Where a payment obligation stands; time alone makes it overdue or stayed."""

    NONE = 0
    DUE = 1
    INCURRED = 2
    ACCEPTED = 3
    NEGOTIATED = 4
    PREPAID = 5
    PAID = 6
    OVERDUE = 7
    STAYED = 8
    SETTLED = 9


class ObligationKind(Choice):
    """How a payment obligation arose."""

    NONE = 0
    COMPLYING = 1
    PRECLUSION = 2
    WAIVER = 3
    REIMBURSEMENT = 4
    RECOURSE = 5
    REFUND = 6
    CHARGES = 7
    DIFFERENCE = 8


class AuthorisationState(Choice):
    """Where an authorisation to reimburse stands (UCP 600 art. 13)."""

    NONE = 0
    AUTHORISED = 1
    UNDERTAKEN = 2
    CANCELLED = 3


class ClaimState(Choice):
    """Where a claim for reimbursement stands; time or a payment alone makes the last three."""

    NONE = 0
    CLAIMED = 1
    HONOURED = 2
    NON_CONFORMING = 3
    NON_PAYMENT_NOTIFIED = 4
    FALLEN_BACK = 5
    REFUND_DUE = 6
    DUE_LATER = 7
    UNPAID = 8
    PAID = 9


class ClaimDisposal(Choice):
    """What becomes of a claim that does not conform, field 73S."""

    NONE = 0
    CANCELLED = 1
    HELD = 2
    RETURNED = 3


class TransferState(Choice):
    """Where the transfer of a credit stands (UCP 600 art. 38)."""

    NONE = 0
    REQUESTED = 1
    WITHDRAWN = 2
    DECLINED = 3
    TRANSFERRED = 4
    ENDED = 5


class AmendmentPassing(Choice):
    """Whether amendments reach the second beneficiary (UCP 600 art. 38(e))."""

    NEVER = 0
    ASK = 1
    ALWAYS = 2


class TransferredTerm(Choice):
    """A term that a part takes from its credit, or reduces (UCP 600 art. 38(g))."""

    AMOUNT = 0
    TOLERANCE = 1
    EXPIRY = 2
    LATEST_SHIPMENT = 3
    PRESENTATION_PERIOD = 4


class SubstitutionState(Choice):
    """Where the substitution of invoice and draft stands (UCP 600 art. 38(h), (i))."""

    NONE = 0
    DEMANDED = 1
    SUBSTITUTED = 2
    TAKEN_UP = 3
    FAILED = 4


class Action(Choice):
    """What the council can decide on."""

    NONE = 0
    ADMIT_MEMBER = 1
    SUSPEND_MEMBER = 2
    REINSTATE_MEMBER = 3
    EXPEL_MEMBER = 4
    RENEW_MEMBER = 5
    BEGIN_RECOVERY = 6
    SETTLE_RECOVERY = 7
    CHANGE_RULES = 8
    APPOINT_KEEPER = 9
    REGISTER_VERSION = 10
    CLOSE_EDITION = 11
    PAUSE_NEW_BUSINESS = 12
    RESUME_NEW_BUSINESS = 13


class ProposalState(Choice):
    """Where a proposal to the council stands; votes and time alone make it defeated or lapsed."""

    NONE = 0
    OPEN = 1
    PASSED = 2
    DEFEATED = 3
    LAPSED = 4
    CANCELLED = 5
    EXECUTED = 6


class Hands(Choice):
    """How many hands an action takes at a member's desk."""

    CLOSED = 0
    TWO = 1
    ONE_UP_TO_LIMIT = 2


class Role(IntFlag):
    """What a key may do for its member."""

    ADMINISTER = 1 << 0
    ISSUE = 1 << 1
    ADVISE = 1 << 2
    PRESENT = 1 << 3
    EXAMINE = 1 << 4
    PAY = 1 << 5
    KEEP_CALENDARS = 1 << 6
    VOTE = 1 << 7
    CASH = 1 << 8
    ACCEPT = 1 << 9
    ATTEST = 1 << 10
    TITLE = 1 << 11
    COURT = 1 << 12
    DOCUMENT = 1 << 13
    CARRY = 1 << 14

    @property
    def label(self) -> str:
        """The roles in words, such as ``ISSUE and ADVISE``."""
        return _listed(self)


class CreditSwitch(IntFlag):
    """A rule of UCP 600 that a credit excludes or modifies (art. 1), among those of the chain.

    Art. 14(c), where the credit states no period; art. 29(a); art. 30(c). EUCP excludes nothing:
    it adds the rules of eUCP 2.1, so that electronic records may be presented.
    """

    NO_DEFAULT_PERIOD = 1 << 0
    NO_EXTENSION = 1 << 1
    NO_FIVE_PERCENT_LESS = 1 << 2
    EUCP = 1 << 3

    @property
    def label(self) -> str:
        """The rules in words, such as ``no default period and no extension``."""
        return _listed(self).lower().replace("_", " ")


class PresentationFlag(IntFlag):
    """What the chain itself sees of a presentation."""

    LATE = 1 << 0
    OVERDRAWN = 1 << 1
    SHORT = 1 << 2
    MISSED = 1 << 3
    NOT_IN_FORCE = 1 << 4

    @property
    def label(self) -> str:
        """The flags in words, such as ``late and overdrawn``."""
        return _listed(self).lower().replace("_", " ")


class PresentationMark(IntFlag):
    """What is on record of a presentation beside its state."""

    UNBOUND = 1 << 0
    FORWARDED = 1 << 1
    COUNTED = 1 << 2
    INSTRUCTED = 1 << 3
    TAKE_UP = 1 << 4
    RECORDS = 1 << 5
    RELEASED = 1 << 6
    SCHEDULED = 1 << 7
    TRANSFERRED = 1 << 8
    TAKEN_IN = 1 << 9

    @property
    def label(self) -> str:
        """The marks in words, such as ``forwarded and counted``."""
        return _listed(self).lower().replace("_", " ")


class ClaimReason(IntFlag):
    """Why a claim for reimbursement does not conform: the codes of field 73R, in their order."""

    DIFFERS = 1 << 0
    DUPLICATE = 1 << 1
    INSUFFICIENT_FUNDS = 1 << 2
    NO_AUTHORISATION = 1 << 3
    OTHER = 1 << 4
    OVERDRAWN = 1 << 5
    REFERENCE_UNKNOWN = 1 << 6
    NO_TELETRANSMISSION = 1 << 7
    WAITING = 1 << 8
    AMOUNTS_DO_NOT_ADD_UP = 1 << 9

    @property
    def label(self) -> str:
        """The reasons in words, such as ``duplicate and overdrawn``."""
        return _listed(self).lower().replace("_", " ")


class ClaimMark(IntFlag):
    """What is on record of a claim for reimbursement beside its state."""

    EARLY = 1 << 0
    NOTICED = 1 << 1
    OWED = 1 << 2

    @property
    def label(self) -> str:
        """The marks in words, such as ``early and owed``."""
        return _listed(self).lower()


def _listed(flags: IntFlag) -> str:
    # A bit without a name belongs to a later version of the contracts; it is shown, not hidden.
    names = [str(flag.name) for flag in type(flags) if flag in flags]
    unknown = int(flags) & ~sum(type(flags))
    if unknown:
        names.append(f"0x{unknown:x}")
    if len(names) < 2:
        return names[0] if names else "NONE"
    return f"{', '.join(names[:-1])} and {names[-1]}"
