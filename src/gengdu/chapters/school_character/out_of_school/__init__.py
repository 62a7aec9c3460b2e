"""Measure 16 挖掘利用乡村校外教育资源.

Labour sites and out-of-school brands.
Facts: policy/plan/*/m16_out_of_school.yaml.
"""
