"""Measure 11 选优培强乡村校长.

Training that heads complete before they take office; terms are in the staff register.
Facts: policy/plan/*/m11_principals.yaml.
"""
