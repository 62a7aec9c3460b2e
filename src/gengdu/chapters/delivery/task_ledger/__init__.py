"""Measure 18 加强组织领导.

Documents the plan calls for, money spent, recognitions and surveys of the whole district, and the
tasks that plans become: assigned, signed for, under way, finished, closed.
Facts: policy/plan/*/m18_task_ledger.yaml.
"""
