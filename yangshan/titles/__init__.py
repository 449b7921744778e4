# SPDX-License-Identifier: Apache-2.0
"""Electronic titles: issued, held, endorsed, pledged and surrendered; their chains of endorsements.

What needs no node (``lives``, ``prospects``, ``endorsements``, ``bills``, ``references``) stands
apart from the acts (``acting``, ``issuing``) and the service over the contracts (``service``).
"""
