# SPDX-License-Identifier: Apache-2.0
"""How the suite of contracts gets onto a chain: what is planned, what is sent, what stands."""
