"""How the trail is asked and listed."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.access import naming
from gengdu.access.models import Role
from gengdu.access.trail.models import Kind, TrailEntry, unpacked

IDS_SHOWN = 5
_ROLES = dict(Role.choices)


class TrailFilter(django_filters.FilterSet):  # type: ignore[misc]
    """What the query bar of the trail offers."""

    who = django_filters.CharFilter(method="by_who", label=gettext_lazy("账号"))
    kind = django_filters.ChoiceFilter(
        choices=Kind, label=gettext_lazy("动作"), empty_label=gettext_lazy("全部")
    )
    school = django_filters.ChoiceFilter(
        method="by_school", label=gettext_lazy("学校"), empty_label=gettext_lazy("全部"), choices=()
    )
    object = django_filters.NumberFilter(
        method="by_object", label=gettext_lazy("记录编号"), decimal_places=0, min_value=0
    )
    first = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label=gettext_lazy("从")
    )
    last = django_filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label=gettext_lazy("到")
    )

    class Meta:
        model = TrailEntry
        fields = ("who", "kind", "school", "object", "first", "last")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        """Offer the schools open on a day."""
        super().__init__(*args, **kwargs)
        offered = [(str(key), name) for key, name in naming.schools_offered(on=on)]
        self.form.fields["school"].choices = [("", _("全部")), *offered]
        for name, field in self.form.fields.items():
            field.widget.attrs["class"] = (
                "form-select" if name in ("kind", "school") else "form-control"
            )
            if name in ("first", "last"):
                field.widget.input_type = "date"

    def by_who(self, entries: QuerySet[TrailEntry], _name: str, value: str) -> Any:
        """Keep what an account did, for itself or for another, or had done for it."""
        return entries.filter(Q(username__icontains=value) | Q(stands_in_for__icontains=value))

    def by_school(self, entries: QuerySet[TrailEntry], _name: str, value: str) -> Any:
        """Keep what concerned a school."""
        return entries.filter(school_ids__contains=f",{int(value)},")

    def by_object(self, entries: QuerySet[TrailEntry], _name: str, value: Any) -> Any:
        """Keep what concerned one record."""
        return entries.filter(object_ids__contains=f",{int(value)},")


class TrailTable(tables.Table):  # type: ignore[misc]
    """The columns of the trail."""

    sequence = tables.Column(attrs={"td": {"class": "n"}, "th": {"class": "n"}})
    at = tables.DateTimeColumn(format="Y-m-d H:i:s", attrs={"td": {"class": "nowrap"}})
    username = tables.Column(attrs={"td": {"class": "lead-cell"}}, empty_values=())
    kind = tables.Column(attrs={"td": {"class": "nowrap"}})
    subject = tables.Column(gettext_lazy("对象和记录编号"), empty_values=(), orderable=False)
    school_ids = tables.Column(gettext_lazy("学校"), empty_values=(), orderable=False)
    detail = tables.Column(gettext_lazy("说明和理由"), orderable=False)
    client = tables.Column(default="—")

    class Meta:
        template_name = "web/table.html"
        attrs = {"class": "plain cards"}
        empty_text = gettext_lazy("没有符合条件的审计记录。请放宽筛选条件，或点“清除条件”。")

    def __init__(self, *args: Any, schools: dict[int, str], **kwargs: Any) -> None:
        """Take the names of the schools of the district."""
        self.schools = schools
        super().__init__(*args, **kwargs)

    def render_username(self, record: TrailEntry) -> str:
        """Name who did it, in which role, and for whom."""
        name = record.username or _("未登录")
        if record.stands_in_for:
            name = _("%(name)s 代 %(absent)s") % {"name": name, "absent": record.stands_in_for}
        role = _ROLES.get(record.role, "")
        return format_html('{} <span class="k nowrap">{}</span>', name, role)

    def render_subject(self, record: TrailEntry) -> str:
        """Name the kind of record, the first ids and how many there are."""
        if not record.subject:
            return "—"
        ids = "、".join(f"#{number}" for number in record.ids[:IDS_SHOWN])
        more = (
            _(" 等 %(count)s 条") % {"count": record.object_count}
            if record.object_count > IDS_SHOWN
            else ""
        )
        return f"{record.subject_zh} {ids}{more}"

    def render_school_ids(self, value: str) -> str:
        """Name the schools, the first ones of many."""
        names = [self.schools.get(key, f"#{key}") for key in unpacked(value or "")]
        if len(names) > 2:
            return _("%(first)s 等 %(count)s 所") % {"first": names[0], "count": len(names)}
        return "、".join(names) or "—"

    def render_detail(self, record: TrailEntry) -> str:
        """Say what else is known, and the reason given."""
        return described(record)


def described(entry: TrailEntry) -> str:
    """Return in words what else is known of an entry."""
    details = entry.details
    words = [str(details.get("what", ""))]
    if fields := details.get("fields"):
        words.append(_("字段：%(fields)s") % {"fields": "、".join(fields)})
    if entry.reason:
        words.append(_("理由：%(reason)s") % {"reason": entry.reason})
    return "；".join(word for word in words if word) or "—"
