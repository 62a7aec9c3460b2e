"""Measure 5 构建城乡协作发展共同体.

Which rural school works with which city school, and how.
Facts: policy/plan/*/m05_school_partnerships.yaml.
"""
