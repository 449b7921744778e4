# SPDX-License-Identifier: Apache-2.0
"""Stories of credits, as the demo and the scripts play them over a chain."""
