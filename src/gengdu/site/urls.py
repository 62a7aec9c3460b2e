"""Every address of the site."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from gengdu.access.accounts import views as accounts
from gengdu.access.own import views as own
from gengdu.access.second_factor import views as second_factor
from gengdu.access.tokens import views as tokens
from gengdu.access.trail import views as trail
from gengdu.api import routes as api
from gengdu.api import views as api_pages
from gengdu.board import forecast_views, supposing
from gengdu.board import preschool_views as preschool
from gengdu.board import views as board
from gengdu.board.improvement import urls as improvement
from gengdu.board.path_to_target import urls as path_to_target
from gengdu.board.quality_balance import views as balance
from gengdu.board.quality_balance.locked import views as locked
from gengdu.board.school_resources import urls as school_resources
from gengdu.board.surveys import urls as surveys
from gengdu.drafts import urls as drafts
from gengdu.records import sheets
from gengdu.records.reminders import views as reminders
from gengdu.registers.pupils.turnover import views as turnover
from gengdu.registers.quality import views as quality
from gengdu.registers.schools import queries
from gengdu.registers.schools import views as schools
from gengdu.registers.schools.events import views as events
from gengdu.site.login import Login
from gengdu.web.approvals import views as approvals
from gengdu.web.evidence.urls import urls as evidence_urls
from gengdu.web.exports import views as exports
from gengdu.web.sheets.urls import urls_of

urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("me/", own.me, name="me"),
    path("me/sessions/end/", own.end_sessions, name="sessions_end"),
    path("me/stand-ins/<int:stand_in_id>/end/", own.end_stand_in, name="stand_in_end"),
    path("me/act/", own.act, name="act"),
    path("me/password/", own.password, name="password"),
    path("me/tokens/", tokens.tokens, name="tokens"),
    path("me/tokens/<int:token_id>/revoke/", tokens.revoke, name="token_revoke"),
    path("me/code/", second_factor.enter, name="second_factor"),
    path("me/code/setup/", second_factor.setup, name="second_factor_setup"),
    path("me/reminders/", reminders.settings, name="reminder_settings"),
    path("me/reminders/test/", reminders.test, name="reminder_test"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/seen/", reminders.seen, name="reminders_seen"),
    path("api/", api_pages.docs, name="api_docs"),
    path("api/openapi.json", api_pages.document, name="api_document"),
    path("api/v1/", include(api.urls[:2], namespace=api.NAMESPACE)),
    path("", board.overview, name="overview"),
    path("chapters/<slug:key>/", board.chapter, name="chapter"),
    path("measures/<int:number>/", board.measure, name="measure"),
    path("targets/<str:name>/", board.target, name="target"),
    path("evaluations/quality-balance/", board.quality_balance, name="quality_balance"),
    *school_resources.urls,
    *path_to_target.urls,
    *improvement.urls,
    *surveys.urls,
    *drafts.urls,
    path(
        "evaluations/universal-preschool/",
        preschool.universal_preschool,
        name="universal_preschool",
    ),
    path("forecasts/", forecast_views.every, name="forecasts"),
    path("evaluations/quality-balance/form/export/", balance.form, name="quality_balance_form"),
    path("evaluations/quality-balance/items/", balance.items, name="quality_balance_items"),
    path(
        "evaluations/quality-balance/items/<slug:key>/", balance.item, name="quality_balance_item"
    ),
    path("evaluations/quality-balance/locked/", locked.listed, name="quality_balance_locked"),
    path("evaluations/quality-balance/locked/lock/", locked.lock, name="quality_balance_lock"),
    path(
        "evaluations/quality-balance/locked/<int:number>/",
        locked.compared,
        name="quality_balance_compared",
    ),
    path(
        "evaluations/quality-balance/locked/<int:number>/form/export/",
        locked.form,
        name="quality_balance_locked_form",
    ),
    path("indicators/", board.indicators, name="indicators"),
    path("indicators/<slug:name>/", board.indicator, name="indicator"),
    path("indicators/<slug:name>/records/", board.records, name="records"),
    path("standards/<str:name>/", board.standard, name="standard"),
    path("search/", board.search, name="search"),
    path("search/palette.json", board.search_json, name="search_json"),
    path("schools/", schools.school_list, name="schools"),
    path("schools/<int:school_id>/", board.school, name="school"),
    path(
        "schools/<int:school_id>/report.xlsx",
        board.yearly_report,
        name="school_yearly_report",
    ),
    path("schools/<int:school_id>/event/", events.school_event, name="school_event"),
    path("schools/open/", events.school_open, name="school_open"),
    path("schools/changes/<int:change_id>/", events.school_change, name="school_change"),
    path(
        "schools/changes/<int:change_id>/undo/",
        events.school_change_undo,
        name="school_change_undo",
    ),
    path("schools/year/", turnover.school_year, name="school_year"),
    path("schools/year/class/", turnover.school_year_class, name="school_year_class"),
    path("schools/year/<int:change_id>/", turnover.school_year_done, name="school_year_done"),
    path("schools/year/<int:change_id>/undo/", turnover.school_year_undo, name="school_year_undo"),
    path("quality/", quality.desk, name="quality"),
    path("quality/review/", quality.review, name="quality_review"),
    path("quality/<slug:key>/", quality.check_list, name="quality_check"),
    path("quality/<slug:key>/answer/", quality.answer, name="quality_answer"),
    path("quality/<slug:key>/decide/", quality.decide, name="quality_decide"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new, name="account_new"),
    path("accounts/<int:account_id>/", accounts.account, name="account"),
    path("accounts/<int:account_id>/edit/", accounts.edit, name="account_edit"),
    path("accounts/<int:account_id>/hand-over/", accounts.hand_over, name="account_hand_over"),
    path("accounts/<int:account_id>/reset/", accounts.reset, name="account_reset"),
    path("accounts/<int:account_id>/disable/", accounts.disable, name="account_disable"),
    path("accounts/<int:account_id>/enable/", accounts.enable, name="account_enable"),
    path("trail/", trail.entries, name="trail"),
    path("trail/download/", trail.download, name="trail_download"),
    *exports.urls(queries.viewer_of),
    *approvals.urls(queries.viewer_of, supposing.effects),
    *evidence_urls(queries.viewer_of),
    *(
        address
        for register in sheets.registers()
        for address in urls_of(register, queries.viewer_of)
    ),
]
