"""Measure 8 实施乡村中小学校标准化建设系列工程.

How each school stands against the provincial condition standard, item by item.
Facts: policy/plan/*/m08_school_standards.yaml.
"""
