"""Measure 14 大力提高乡村教师待遇.

Yearly medical checks, and how much teaching achievement weighs in title rules.
Facts: policy/plan/*/m14_teacher_welfare.yaml.
"""
