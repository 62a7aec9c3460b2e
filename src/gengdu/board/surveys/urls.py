"""The addresses of surveys; those under /s/ are short, for slips of paper, and public."""

from django.urls import path

from gengdu.board.surveys import views
from gengdu.board.surveys.answering import views as answering

ONE = "surveys/<int:number>/"

urls = [
    path("s/", answering.start, name="survey_start"),
    path("s/thanks/", answering.thanks, name="survey_thanks"),
    path("s/<str:code>/", answering.answer, name="survey_answer"),
    path("surveys/", views.listed, name="surveys"),
    path("surveys/new/", views.new, name="survey_new"),
    path(ONE, views.survey, name="survey"),
    path(f"{ONE}edit/", views.edit, name="survey_edit"),
    path(f"{ONE}questions/", views.questions, name="survey_questions"),
    path(f"{ONE}preview/", views.preview, name="survey_preview"),
    path(f"{ONE}step/", views.step, name="survey_step"),
    path(f"{ONE}codes/", views.codes, name="survey_codes"),
    path(f"{ONE}codes/print/", views.print_codes, name="survey_print"),
    path(f"{ONE}roster/", views.roster, name="survey_roster"),
    path(f"{ONE}response/", views.response, name="survey_response"),
    path(f"{ONE}result/", views.result, name="survey_result"),
    path(f"{ONE}result/report/", views.report_file, name="survey_report"),
    path(f"{ONE}result/enter/", views.enter, name="survey_enter"),
]
