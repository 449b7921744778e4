# SPDX-License-Identifier: Apache-2.0
"""Documentary credits: their terms, their dates, their amounts and their life."""
