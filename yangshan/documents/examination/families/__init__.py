# SPDX-License-Identifier: Apache-2.0
"""The checks, a module for each family; the table names them."""
