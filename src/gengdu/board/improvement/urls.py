"""The addresses of tasks and of what proposes them."""

from django.urls import path

from gengdu.board.improvement import views

urls = [
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/from/path/", views.from_path, name="tasks_from_path"),
    path("tasks/from/forecast/<str:name>/", views.from_forecast, name="tasks_from_forecast"),
    path("tasks/from/relaxations/", views.from_relaxations, name="tasks_from_relaxations"),
    path("tasks/<int:item>/", views.task, name="task"),
    path("tasks/teachers/", views.teachers, name="teachers_to_move"),
    path("tasks/<int:item>/teachers/", views.task_teachers, name="task_teachers"),
    path("tasks/<int:item>/do/", views.task_do, name="task_do"),
    path("tasks/<int:item>/take-back/", views.task_take_back, name="task_take_back"),
]
