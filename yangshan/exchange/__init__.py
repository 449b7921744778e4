# SPDX-License-Identifier: Apache-2.0
"""Documents passed on encrypted: to whom, through which store, and what the chain says of it.

``encryption``, ``envelopes`` and ``stores`` know nothing of a chain; ``grants`` and ``service`` do.
"""
