"""Measure 19 加强乡村教育振兴研究.

Research projects with the reviews that are due.
Facts: policy/plan/*/m19_research_projects.yaml.
"""
