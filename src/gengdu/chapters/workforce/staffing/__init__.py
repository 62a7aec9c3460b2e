"""Measure 12 提高乡村教师配置效益.

How many teachers of each subject a school needs.
Facts: policy/plan/*/m12_staffing.yaml.
"""
