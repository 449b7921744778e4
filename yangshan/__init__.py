# SPDX-License-Identifier: Apache-2.0
"""Yangshan: documentary credits under UCP 600 as executable, cited code on an EVM chain."""

__version__ = "0.1.0"
