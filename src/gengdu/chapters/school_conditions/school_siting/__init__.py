"""Measure 7 实施乡村学校布局优化行动.

Closings, mergers and moves of schools with the dossier that argues them.
Facts: policy/plan/*/m07_school_siting.yaml.
"""
