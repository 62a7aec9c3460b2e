"""Measure 3 加强乡村家庭教育.

Family-education stations in villages and communities.
Facts: policy/plan/*/m03_family_education.yaml.
"""
