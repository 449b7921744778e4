# SPDX-License-Identifier: Apache-2.0
"""The story that the demo plays: credits issued, amended, presented under, refused, precluded, paid."""
