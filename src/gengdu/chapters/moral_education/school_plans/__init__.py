"""Measure 1 落实乡村全环境立德树人工作机制.

Each rural school has its own approved plan.
Facts: policy/plan/*/m01_school_plans.yaml.
"""
