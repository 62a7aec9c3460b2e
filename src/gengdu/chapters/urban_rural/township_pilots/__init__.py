"""Measure 4 实施教育强镇筑基行动.

Pilot towns, and the school clusters with their rules and goals.
Facts: policy/plan/*/m04_township_pilots.yaml.
"""
