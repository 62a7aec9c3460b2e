"""Every address of the site."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from gengdu.access.accounts import own_views as own
from gengdu.access.second_factor import views as second_factor
from gengdu.access.trail import views as trail
from gengdu.board import views as board
from gengdu.registers.schools import views as schools
from gengdu.site.login import Login

urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("me/password/", own.password, name="password"),
    path("me/code/", second_factor.enter, name="second_factor"),
    path("me/code/setup/", second_factor.setup, name="second_factor_setup"),
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
    path("trail/", trail.entries, name="trail"),
    path("trail/download/", trail.download, name="trail_download"),
]
