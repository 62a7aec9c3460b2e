"""Measure 10 推进现代信息技术赋能.

Shared lessons, and the course library with what it covers.
Facts: policy/plan/*/m10_digital_campus.yaml.
"""
