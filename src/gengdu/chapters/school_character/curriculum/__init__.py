"""Measure 15 深化乡村学校课程教学改革.

Distinctive-school titles and yearly results against the national quality standard.
Facts: policy/plan/*/m15_curriculum.yaml.
"""
