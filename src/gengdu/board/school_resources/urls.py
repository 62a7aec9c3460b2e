"""The addresses of the seven resource indicators, below that of the matrix."""

from django.urls import path

from gengdu.board.school_resources import views

AT = "evaluations/quality-balance"

urls = [
    path(f"{AT}/indicators/<slug:name>/", views.indicator, name="quality_balance_indicator"),
    path(f"{AT}/years/", views.years, name="quality_balance_years"),
    path(f"{AT}/export/", views.exported, name="quality_balance_export"),
    path(f"{AT}/schools/<int:school_id>/", views.school, name="quality_balance_school"),
    path(
        f"{AT}/schools/<int:school_id>/<slug:stage>/<slug:name>/",
        views.behind,
        name="quality_balance_records",
    ),
]
