"""The addresses of the cheapest way to pass, below that of the matrix."""

from django.urls import path

from gengdu.board.path_to_target import views

AT = "evaluations/quality-balance/path"

urls = [
    path(f"{AT}/", views.path, name="path_to_target"),
    path(f"{AT}/tasks/", views.tasks_workbook, name="path_to_target_tasks"),
    path(f"{AT}/scenarios/", views.scenarios, name="path_to_target_scenarios"),
]
