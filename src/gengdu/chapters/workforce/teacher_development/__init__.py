"""Measure 13 提升乡村教师能力素质.

Degree studies under way, and selection into provincial programmes.
Facts: policy/plan/*/m13_teacher_development.yaml.
"""
