# SPDX-License-Identifier: Apache-2.0
"""Messages of ISO 20022 that have a counterpart here: undertakings (tsrv) and payments.

Read safely, checked against their published definitions, written, and converted from and to MT.
"""
