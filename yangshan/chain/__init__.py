# SPDX-License-Identifier: Apache-2.0
"""The chain: its connection, the compiled suite, typed errors and events, keys, and the sender."""
