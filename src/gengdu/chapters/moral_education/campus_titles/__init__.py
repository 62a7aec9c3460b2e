"""Measure 2 推进乡村“四个校园”建设.

Campus titles of four kinds, granted at four levels.
Facts: policy/plan/*/m02_campus_titles.yaml.
"""
