# SPDX-License-Identifier: Apache-2.0
"""The alliance: its members, their desks and their banking calendars."""
