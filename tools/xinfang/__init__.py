"""xinfang: a Git-native register for 信访 matters of an engineering project department.

One matter is one validated YAML file; from these files the package computes every
deadline, checks every duty, prints every paper, keeps the ledger and builds the site.
"""

__version__ = "0.1.0"

#: Edition of the rule set (office rules, national law and defaults) that this version checks.
RULES_EDITION = "2026-11"
