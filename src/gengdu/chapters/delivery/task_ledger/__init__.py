"""Measure 18 加强组织领导.

Documents the plan calls for, money spent, recognitions and surveys of the whole district.
Facts: policy/plan/*/m18_task_ledger.yaml.
"""
