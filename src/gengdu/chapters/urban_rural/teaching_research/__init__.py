"""Measure 6 强化乡村教研支撑.

Visits of teaching researchers, and the yearly exhibition between clusters.
Facts: policy/plan/*/m06_teaching_research.yaml.
"""
