"""Measure 9 实施乡村幼儿园规范化建设系列工程.

Whether each rural kindergarten has its full equipment.
Facts: policy/plan/*/m09_kindergartens.yaml.
"""
