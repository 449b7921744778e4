# SPDX-License-Identifier: Apache-2.0
"""Code words and places that the messages of a credit share."""

from __future__ import annotations

from yangshan.credit.terms import ApplicableRules, AvailableBy, Confirmation, Permission
from yangshan.swift.maps.codecs import (
    AMOUNT,
    BANK,
    DAY,
    EXPIRY,
    PARTY,
    PRESENTATION_PERIOD,
    TEXT,
    TOLERANCE,
    available,
    ruled,
    words,
)
from yangshan.swift.maps.engine import place

FORMS = {"IRREVOCABLE": False, "IRREVOCABLE TRANSFERABLE": True}
RULES = {
    "UCP LATEST VERSION": ApplicableRules.UCP,
    "UCPURR LATEST VERSION": ApplicableRules.UCPURR,
    "EUCP LATEST VERSION": ApplicableRules.EUCP,
    "EUCPURR LATEST VERSION": ApplicableRules.EUCPURR,
    "OTHR": ApplicableRules.OTHER,
}
AVAILABLE = {
    "BY PAYMENT": AvailableBy.SIGHT_PAYMENT,
    "BY DEF PAYMENT": AvailableBy.DEFERRED_PAYMENT,
    "BY ACCEPTANCE": AvailableBy.ACCEPTANCE,
    "BY NEGOTIATION": AvailableBy.NEGOTIATION,
    "BY MIXED PYMT": AvailableBy.MIXED,
}
PERMISSIONS = {
    "ALLOWED": Permission.ALLOWED,
    "CONDITIONAL": Permission.CONDITIONAL,
    "NOT ALLOWED": Permission.NOT_ALLOWED,
}
CONFIRMATIONS = {
    "CONFIRM": Confirmation.CONFIRM,
    "MAY ADD": Confirmation.MAY_ADD,
    "WITHOUT": Confirmation.WITHOUT,
}

FORM = place("transferable", "40A", words(FORMS))
APPLICABLE_RULES = place("applicable_rules rules_text", "40E", ruled(RULES))
EXPIRES = place("expiry expiry_place", "31D", EXPIRY)
AMOUNTS = (
    place("amount", "32B", AMOUNT),
    place("tolerance", "39A", TOLERANCE),
    place("additional_amounts", "39C", TEXT),
)
AVAILABILITY = place("available_by available_with", "41a", available(AVAILABLE))
DRAFTS = (
    place("drafts", "42C", TEXT),
    place("drawee", "42a", BANK),
    place("mixed_payment", "42M", TEXT),
    place("deferred_payment", "42P", TEXT),
)
SHIPMENT = (
    place("taking_in_charge", "44A", TEXT),
    place("loading_port", "44E", TEXT),
    place("discharge_port", "44F", TEXT),
    place("final_destination", "44B", TEXT),
    place("latest_shipment", "44C", DAY),
    place("shipment_period", "44D", TEXT),
)
TEXTS = (
    place("goods", "45A", TEXT),
    place("documents", "46A", TEXT),
    place("conditions", "47A", TEXT),
    place("beneficiary_conditions", "49G", TEXT),
    place("bank_only_conditions", "49H", TEXT),
)
CHARGES = place("charges", "71D", TEXT)
SENDER_TO_RECEIVER = place("sender_to_receiver", "72Z", TEXT)
ACCOUNT_WITH = place("account_with", "57a", BANK)
PARTIES = (place("applicant", "50", PARTY), place("beneficiary", "59", PARTY))
# What MT 700, 707, 710 and 720 have in the same fields.
CONDITIONS = (
    AVAILABILITY,
    *DRAFTS,
    place("partial_shipments", "43P", words(PERMISSIONS)),
    place("transhipment", "43T", words(PERMISSIONS)),
    *SHIPMENT,
    CHARGES,
    place("presentation_period", "48", PRESENTATION_PERIOD),
    place("confirmation", "49", words(CONFIRMATIONS)),
    place("requested_confirming_bank", "58a", BANK),
    place("paying_instructions", "78", TEXT),
    place("second_advising_bank", "57a", BANK),
    SENDER_TO_RECEIVER,
)
REIMBURSING_BANK = place("reimbursing_bank", "53a", BANK)
# The issuer of a credit that another bank advises.
ISSUER = (place("issuing_bank", "52a", BANK), place("non_bank_issuer", "50B", PARTY))
