"""Measure 20 强化督导评价.

Written judgements on promises that have no number.
Facts: policy/plan/*/m20_evaluation.yaml.
"""
