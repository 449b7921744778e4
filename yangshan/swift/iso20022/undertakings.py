# SPDX-License-Identifier: Apache-2.0
"""Which field of an undertaking's messages is which element of tsrv, and which has none.

Definitions of the elements follow the published message definitions; what a reading of ours is says
so in its row. Attributes are those of ``yangshan.credit.undertakings``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yangshan.credit.undertakings import AmendmentAnswer, UndertakingForm, UndertakingType
from yangshan.swift.iso20022 import beside, codecs
from yangshan.swift.iso20022.codecs import (
    AMOUNT,
    BANK,
    BANK_OR_PARTY,
    CONFIRMATION,
    DAY,
    DELIVERY,
    DEMANDS,
    EXPIRY,
    EXTENSION,
    FLAG,
    LANGUAGE,
    LONG,
    LONG_NARROW,
    NARROW,
    NUMBER,
    PARTY,
    RULES,
    STATEMENT,
    TEXT,
    TEXTS,
    same_words,
)
from yangshan.swift.iso20022.engine import IsoMap, Missing, part
from yangshan.swift.iso20022.places import place

if TYPE_CHECKING:
    from yangshan.swift.iso20022.places import Codec, Place

_TYPES: Final = "APAY CUST DPAY INSU PAYM PERF RETN SHIP TEND WARR"
_DELIVERED: Final = (
    "`Mtd` of COUR, MESS, REGM and, as POST, MAIL; `DlvrToPtyTp` of BENE, and SPEC with the name "
    "and address of OTHR"
)
_FORM: Final = same_words(UndertakingForm, "DGAR STBY", "tsrv has guarantees and standbys alone")
_LOCAL_TYPE: Final = same_words(
    UndertakingType,
    _TYPES,
    "the code list of types of undertakings at hand has no such word",
)
_ANSWER: Final = same_words(AmendmentAnswer, "ACCP REJT", "the status has two words")
_DEMAND: Final = codecs.words({"PAYM": "PAYM", "PAEX": "PAEX"}, "the type of demand has two words")

_FILE: Final = Missing("a file is enclosed itself there, and not named", term=False)
_RELATED: Final = Missing("the references of tsrv are those of its elements", term=False)
_NARRATIVE: Final = Missing("the message has no element for a narrative between banks")
_STATED: Final = {
    "available_with": Missing("no element says with whom an undertaking is available"),
    "jurisdiction": Missing(
        "44J does not tell whether it states the law or the place of jurisdiction, "
        "and tsrv has an element for each"
    ),
    "extension_notice": Missing("how notice is given is a code word there, and a text in 78"),
}


def _stated(*, terms: str, amount: str, issuer: str) -> tuple[Place, ...]:
    """What an undertaking and a local one have in elements of the same names."""
    return (
        place("form", "Nm", _FORM, "`DGAR` and `STBY`"),
        place(
            "rules rules_text",
            "GovncRulesAndLaw/RuleId",
            RULES,
            "`Cd`; of OTHR the narrative as `Prtry/Id`",
        ),
        place(
            "expiry_type expiry expiry_condition",
            "XpryDtls/XpryTerms",
            EXPIRY,
            "`DtTm/Dt`, `Cond`, `OpnEnddInd`, which tell FIXD, COND and OPEN",
        ),
        place("applicant", "Applcnt", PARTY),
        place("obligor", "AddtlPty[Tp/Cd=OBLG]/Pty", PARTY),
        place("issuer", issuer, BANK),
        place("amount", f"{amount}/Amt", AMOUNT),
        place("amount_text", f"{amount}/AddtlInf", TEXTS),
        place("charges", f"{terms}[Tp/Cd=CHAR]/Txt", LONG_NARROW),
        place("presentation", "PresntnDtls/AddtlInf", TEXTS),
        place(
            "extension extension_text",
            "XpryDtls/XpryTerms/AutoXtnsn/Prd",
            EXTENSION,
            "`Days` of DAYS, one year in `Yrs` of ONEY",
        ),
        place(
            "extension_notice_days",
            "XpryDtls/XpryTerms/AutoXtnsn/NonXtnsnNtfctn/NtfctnPrd",
            NUMBER,
        ),
        place("final_expiry", "XpryDtls/XpryTerms/AutoXtnsn/FnlXpryDt", DAY),
        place(
            "demands",
            "",
            DEMANDS,
            "`MltplDmndInd`, `PrtlDmndInd`; true says there that such demands are not permitted",
        ),
        place("transferable", "TrfInd", FLAG),
        place("transfer_conditions", f"{terms}[Tp/Cd=TRNF]/Txt", LONG),
        place(
            "transaction",
            f"UndrlygTx[Tp/Prtry/Id={codecs.NOT_PROVIDED}]/AddtlInf",
            TEXTS,
            "its type must stand there, and MT has none",
        ),
        place("advise_through", "ScndAdvsgPty", BANK),
        place("delivery delivery_to", "DlvryChanl", DELIVERY, _DELIVERED),
        place("terms", f"{terms}[!Tp]/Txt", LONG),
    )


_UNDERTAKING: Final = (
    *_stated(terms="UdrtkgTermsAndConds", amount="UdrtkgAmt", issuer="Issr"),
    place("reference", "Id", TEXT),
    place("issued", "DtOfIssnc", DAY),
    place("beneficiary", "Bnfcry", BANK_OR_PARTY),
    place("advising_bank", "AdvsgPty", BANK),
    place("confirmation", "ConfInd", CONFIRMATION, "true of CONFIRM, false of WITHOUT"),
    place("requested_confirming_bank", "AddtlPty[Tp/Cd=CONF]/Pty", BANK),
)
_LOCAL: Final = part(
    "ReqdLclUdrtkg",
    (
        *_stated(
            terms="UdrtkgWrdg/UdrtkgTermsAndConds",
            amount="LclUdrtkgAmt",
            issuer="AddtlPty[Tp/Cd=ISSU]/Pty",
        ),
        place("requested", "DtOfIssnc", DAY),
        place("type", "Tp", _LOCAL_TYPE, f"one of {_TYPES}"),
        place("beneficiary", "Bnfcry", PARTY),
        place("wording_language", "UdrtkgWrdg/ReqdWrdgLang", LANGUAGE),
    ),
    _STATED
    | {
        "type_text": Missing("the type is a code word alone"),
        "standard_wording": Missing("the form of a standard wording is named there"),
    },
    always=("UdrtkgWrdg",),
)


def _amended(amount: str, terms: str, codec: Codec = LONG) -> tuple[Place, ...]:
    """What the amendments of an undertaking and of a local one have in elements of one name."""
    return (
        place("increase", f"{amount}/AmtChc/IncrAmt", AMOUNT),
        place("decrease", f"{amount}/AmtChc/DcrAmt", AMOUNT),
        place(
            "expiry_type expiry expiry_condition",
            "NewXpryDtls/XpryTerms",
            EXPIRY,
            "as in an issue; a day alone (31E without 23B) is read as FIXD",
        ),
        place("beneficiary", "NewBnfcry", BANK_OR_PARTY),
        place("other", f"{terms}[!Tp]/Txt", codec),
        place("delivery delivery_to", "DlvryChanl", DELIVERY, _DELIVERED),
    )


_AMENDMENT: Final = (
    *_amended("UdrtkgAmtAdjstmnt", "NewUdrtkgTermsAndConds"),
    place("number", "SeqNb", NUMBER),
    place("amended", "DtOfIssnc", DAY),
    place("reference", "UdrtkgId/Id", TEXT),
    place("issuer", "UdrtkgId/Issr", BANK),
)
_LOCAL_AMENDMENT: Final = part(
    "LclUdrtkg",
    (
        *(
            each
            for each in _amended("NewUdrtkgAmt", "NewUdrtkgTermsAndConds")
            if each.names != ("beneficiary",)
        ),
        place("beneficiary", "NewBnfcry", PARTY),
    ),
    {},
)
_AMENDED: Final = {
    "related_reference": _RELATED,
    "cancellation": Missing("a termination has there the day from which it holds"),
    "file": _FILE,
}
_ISSUED: Final = {**_STATED, "file": _FILE}
_REFERENCE_ALONE: Final = Missing(
    "the undertaking is named there by its reference and its issuer", term=False
)

MAPS: Final = (
    IsoMap(
        "tsrv.001.001.01",
        "760",
        "UdrtkgIssncDtls",
        _UNDERTAKING,
        {
            **_ISSUED,
            "other_reference": Missing("the reference of the advising bank stands in its advice"),
        },
        outside=(place("sender_to_receiver", "BkToBkInf", NARROW),),
        part=_LOCAL,
        beside=beside.ISSUANCE,
    ),
    IsoMap(
        "tsrv.002.001.01",
        "760",
        "UdrtkgIssncAdvcDtls/UdrtkgIssncMsg/UdrtkgDtls",
        _UNDERTAKING,
        _ISSUED,
        outside=(place("sender_to_receiver", "BkToBkInf", NARROW),),
        part=_LOCAL,
        beside=beside.ISSUANCE_ADVICE,
    ),
    IsoMap(
        "tsrv.005.001.01",
        "767",
        "UdrtkgAmdmntDtls",
        _AMENDMENT,
        {
            **_AMENDED,
            "other_reference": Missing("the reference of the advising bank stands in its advice"),
        },
        outside=(place("sender_to_receiver", "BkToBkInf", NARROW),),
        part=_LOCAL_AMENDMENT,
        beside=beside.AMENDMENT,
        defaults={"related_reference": "NONREF"},
    ),
    IsoMap(
        "tsrv.006.001.01",
        "767",
        "UdrtkgAmdmntAdvcDtls/UdrtkgAmdmntMsg/UdrtkgAmdmntDtls",
        _AMENDMENT,
        _AMENDED,
        outside=(place("sender_to_receiver", "BkToBkInf", NARROW),),
        part=_LOCAL_AMENDMENT,
        beside=beside.AMENDMENT_ADVICE,
        defaults={"related_reference": "NONREF"},
    ),
    IsoMap(
        "tsrv.008.001.01",
        "787",
        "UdrtkgAmdmntRspnDtls",
        (
            place("reference", "AmdmntId/Id", TEXT),
            place("number", "AmdmntId/SeqNb", NUMBER),
            place("issuer", "AmdmntId/Issr", BANK),
            place("answer", "AmdmntSts", _ANSWER),
        ),
        {
            "related_reference": _RELATED,
            "answer_text": Missing("the status has no reason beside it"),
            "sender_to_receiver": _NARRATIVE,
            "file": _FILE,
        },
        defaults={"related_reference": "NONREF"},
    ),
    IsoMap(
        "tsrv.011.001.01",
        "785",
        "UdrtkgNonXtnsnNtfctnDtls",
        (
            place("reference", "UdrtkgId/Id", TEXT),
            place("issuer", "UdrtkgId/Issr", BANK),
        ),
        {
            "related_reference": _RELATED,
            "issued": _REFERENCE_ALONE,
            "beneficiary": _REFERENCE_ALONE,
            "advising_bank": _REFERENCE_ALONE,
            "advise_through": _REFERENCE_ALONE,
            "final_expiry": Missing("the notice states no day there"),
            "sender_to_receiver": _NARRATIVE,
            "file": _FILE,
        },
        beside=beside.NOTIFIER,
    ),
    IsoMap(
        "tsrv.013.001.01",
        "765",
        "UdrtkgDmndDtls",
        (
            place("reference", "Id", TEXT),
            place(
                "related_reference",
                "UdrtkgId/Id",
                TEXT,
                "the issuer's reference, by which it finds the undertaking",
            ),
            place("beneficiary_reference", "UdrtkgId/BnfcryRefNb", TEXT),
            place("issuer", "UdrtkgId/Issr", BANK),
            place("type", "Tp", _DEMAND),
            place("amount", "DmndAmt/Amt", AMOUNT),
            place("amount_text", "DmndAmt/AddtlInf", TEXTS),
            place("statement completion", "DmndDcmnttn", STATEMENT),
            place("requested_expiry", "ReqdXpryDt", DAY),
        ),
        {
            "beneficiary": Missing(
                "the undertaking is named there by its reference and its issuer"
            ),
            "demanded": Missing("the day of the demand has no element of its own"),
            "requested_period": Missing("the requested expiry is one day there"),
            "intermediary": Missing("an account to settle on is named there, and no bank alone"),
            "account_with": Missing("an account to settle on is named there, and no bank alone"),
            "file": _FILE,
        },
        outside=(place("sender_to_receiver", "BkToBkInf", NARROW),),
    ),
)
BY_MESSAGE: Final = {each.message: each for each in MAPS}

# Messages of tsrv that mean the same as one of MT and are not converted, with the reason.
NOT_CONVERTED: Final = {
    "768": "tsrv.019 tells a status in code words whose list was not at hand",
    "769": "tsrv.012 ends an undertaking on a day that MT 769 does not state; it reduces none",
    "786": "tsrv.016 states the moment of the demand, and MT 786 its day alone",
}
