"""Every address of the site."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from gengdu.access.trail import views as trail
from gengdu.board import views as board
from gengdu.registers.quality import views as quality
from gengdu.registers.schools import views as schools
from gengdu.site.login import Login

urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("", board.overview, name="overview"),
    path("chapters/<slug:key>/", board.chapter, name="chapter"),
    path("measures/<int:number>/", board.measure, name="measure"),
    path("targets/<str:name>/", board.target, name="target"),
    path("indicators/", board.indicators, name="indicators"),
    path("indicators/<slug:name>/", board.indicator, name="indicator"),
    path("indicators/<slug:name>/records/", board.records, name="records"),
    path("standards/<str:name>/", board.standard, name="standard"),
    path("schools/", schools.school_list, name="schools"),
    path("schools/<int:school_id>/", board.school, name="school"),
    path("quality/", quality.desk, name="quality"),
    path("quality/review/", quality.review, name="quality_review"),
    path("quality/<slug:key>/", quality.check_list, name="quality_check"),
    path("quality/<slug:key>/answer/", quality.answer, name="quality_answer"),
    path("quality/<slug:key>/decide/", quality.decide, name="quality_decide"),
    path("trail/", trail.entries, name="trail"),
    path("trail/download/", trail.download, name="trail_download"),
]
