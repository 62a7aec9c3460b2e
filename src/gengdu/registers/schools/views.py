"""The list of schools."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from gengdu.access.guards import requires
from gengdu.registers.schools import queries
from gengdu.registers.schools.models import Category, SchoolProfile
from gengdu.web import moments
from gengdu.web.templatetags.shell import link


class SchoolFilter(django_filters.FilterSet):  # type: ignore[misc]
    """What the query bar of the school list offers."""

    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", label=_("校名"))
    category = django_filters.ChoiceFilter(
        choices=Category, label=_("办学类型"), empty_label=_("全部")
    )
    town = django_filters.ChoiceFilter(
        field_name="town_id", label=_("镇街"), empty_label=_("全部"), choices=()
    )
    rural = django_filters.ChoiceFilter(
        field_name="in_plan",
        label=_("乡村学校名单"),
        empty_label=_("全部"),
        choices=(("True", _("在名单内")), ("False", _("不在名单内"))),
    )

    class Meta:
        model = SchoolProfile
        fields = ("q", "category", "town", "rural")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the towns that have schools on the day."""
        super().__init__(*args, **kwargs)
        towns = self.queryset.order_by("town_id").values_list("town_id", "town_name").distinct()
        self.form.fields["town"].choices = [("", _("全部")), *towns]
        for field in self.form.fields.values():
            field.widget.attrs["class"] = (
                "form-control" if field.label == _("校名") else "form-select"
            )


class SchoolTable(tables.Table):  # type: ignore[misc]
    """The columns of the school list."""

    name = tables.Column(_("校名"), attrs={"td": {"class": "lead-cell"}})
    category = tables.Column(_("办学类型"))
    town_name = tables.Column(_("镇街"))
    village_name = tables.Column(_("村居"))
    in_plan = tables.Column(_("乡村学校"))
    at_town_seat = tables.Column(_("乡镇驻地"))
    pupils = tables.Column(_("在校生（人）"), attrs={"td": {"class": "n"}, "th": {"class": "n"}})

    class Meta:
        template_name = "web/table.html"
        attrs = {"class": "plain cards"}
        order_by = ("town_name", "name")
        empty_text = _("没有符合条件的学校。请放宽筛选条件，或点“清除条件”。")

    def render_name(self, value: str, record: SchoolProfile) -> str:
        """Link to the school's page, keeping the day."""
        address = link({"request": self.request}, "school", record.school_id)
        return format_html('<a class="num" href="{}">{}</a>', address, value)

    def render_in_plan(self, value: bool) -> str:
        """Say yes or leave the cell quiet."""
        return str(_("是")) if value else "—"

    render_at_town_seat = render_in_plan

    def render_pupils(self, value: int) -> str:
        """Divide thousands."""
        return f"{value:,}"


@requires("view_registers")
def school_list(request: HttpRequest) -> HttpResponse:
    """List the schools open on the day, filtered and sorted as asked."""
    on = moments.moment_of(request).on
    schools = queries.with_pupils(queries.open_schools(on=on), on=on)
    chosen = SchoolFilter(request.GET, queryset=schools)
    table = SchoolTable(chosen.qs)
    tables.RequestConfig(request, paginate={"per_page": 50}).configure(table)
    return render(
        request, "schools/list.html", {"filter": chosen, "table": table, "total": chosen.qs.count()}
    )
