"""Measure 17 保障乡村特殊儿童受教育权益.

Resource centres, student aid, and children who have dropped out.
Facts: policy/plan/*/m17_vulnerable_children.yaml.
"""
