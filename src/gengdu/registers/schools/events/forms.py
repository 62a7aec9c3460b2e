"""What is to be filled in for each kind of event; a filled form becomes a question to planning."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from gengdu.policy import lists
from gengdu.records.queries import in_force
from gengdu.registers.places.models import PlaceKind, PlaceRecord
from gengdu.registers.schools.events import rules, standing
from gengdu.registers.schools.events.asked import (
    Asked,
    ClassKey,
    Ending,
    Moving,
    NewSchool,
    Opening,
    Part,
    Recoding,
    Renaming,
    Split,
)
from gengdu.registers.schools.models import Category, SchoolProfile, Stage
from gengdu.registers.staff.models import Post, StaffRecord

NO_SUCCESSOR = ""


class DayInput(forms.DateInput):
    """A day as browsers ask for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class EventForm(forms.Form):
    """The day and the reason, which every event has."""

    day = forms.DateField(
        label=_("变动日期"), widget=DayInput(),
        help_text=_("从这一天起按变动后算"),
    )  # fmt: skip
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, on: date, school: SchoolProfile | None
    ) -> None:
        self.on, self.school = on, school
        super().__init__(data, initial={"day": on})
        self.prepare()
        for field in self.fields.values():
            _style(field.widget)

    def prepare(self) -> None:
        """Fill in what depends on the school and the day."""

    def asked(self) -> Asked:
        """Return the question that a valid form asks."""
        raise NotImplementedError

    @property
    def school_id(self) -> int:
        """The school it happens to."""
        assert self.school is not None
        return self.school.school_id

    @property
    def common(self) -> dict[str, Any]:
        """The day and the reason."""
        return {"on": self.cleaned_data["day"], "note": self.cleaned_data["note"]}


def _style(widget: forms.Widget) -> None:
    if isinstance(widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
        return
    widget.attrs["class"] = "form-select" if isinstance(widget, forms.Select) else "form-control"


class StepsForm(EventForm):
    """Adds the four steps that come before closing or moving."""

    def prepare(self) -> None:
        """Ask for the day of each step that a dossier knows."""
        for name, label in rules.steps().items():
            self.fields[name] = forms.DateField(
                label=_("%(step)s完成日期") % {"step": label}, required=False,
                widget=DayInput(),
            )  # fmt: skip

    @property
    def steps(self) -> dict[str, date]:
        """The steps given."""
        found = {name: self.cleaned_data.get(name) for name in rules.steps()}
        return {name: day for name, day in found.items() if day is not None}


class EndingForm(StepsForm):
    """A school is closed."""

    is_merger = False
    successor = forms.TypedChoiceField(
        label=_("承接学校"), coerce=int, empty_value=None, required=False,
        help_text=_("学生、教职工从变动日起转入这所学校；已经没有师生的可以不选"),
    )  # fmt: skip

    def prepare(self) -> None:
        """Offer the schools that are open on the day shown."""
        super().prepare()
        others = [
            (str(key), name) for key, name in schools_offered(self.on) if key != self.school_id
        ]
        self.fields["successor"].choices = [("", "—"), *others]  # type: ignore[attr-defined]

    def asked(self) -> Ending:
        """Return the question."""
        return Ending(
            school_id=self.school_id, successor_id=self.cleaned_data["successor"],
            is_merger=self.is_merger, steps=self.steps, **self.common,
        )  # fmt: skip


class MergerForm(EndingForm):
    """A school becomes part of another."""

    is_merger = True

    def prepare(self) -> None:
        """A merger has a successor."""
        super().prepare()
        self.fields["successor"].required = True
        self.fields["successor"].label = _("并入哪所学校")
        self.fields["successor"].help_text = _("学生、教职工从变动日起转入这所学校")


class RenamingForm(EventForm):
    """A school takes another name."""

    name = forms.CharField(label=_("新校名"), max_length=80)

    def asked(self) -> Renaming:
        """Return the question."""
        return Renaming(school_id=self.school_id, name=self.cleaned_data["name"], **self.common)


class MovingForm(StepsForm):
    """A school moves."""

    village = forms.TypedChoiceField(label=_("新址所在村居"), coerce=int)
    address = forms.CharField(label=_("新址详细地址"), max_length=120, required=False)
    urban_rural_class = forms.CharField(label=_("新址城乡分类代码"), max_length=3, required=False)
    in_plan = forms.BooleanField(label=_("列入乡村学校名单"), required=False)
    at_town_seat = forms.BooleanField(label=_("乡镇驻地学校"), required=False)

    def prepare(self) -> None:
        """Offer the villages, and what holds now."""
        super().prepare()
        assert self.school is not None
        self.fields["village"].choices = villages_offered(self.on)  # type: ignore[attr-defined]
        for name in ("in_plan", "at_town_seat", "urban_rural_class"):
            self.initial[name] = getattr(self.school, name)
        self.initial["village"] = self.school.village_id

    def asked(self) -> Moving:
        """Return the question."""
        said = self.cleaned_data
        names = ("address", "urban_rural_class", "in_plan", "at_town_seat")
        return Moving(
            school_id=self.school_id, village_id=said["village"], steps=self.steps,
            **{name: said[name] for name in names}, **self.common,
        )  # fmt: skip


class RecodingForm(EventForm):
    """A school becomes of another kind or gets another identifier."""

    category = forms.ChoiceField(label=_("办学类型"), choices=Category.choices)
    identifier = forms.CharField(label=_("学校标识码"), max_length=10, required=False)
    stages = forms.MultipleChoiceField(
        label=_("学段"), choices=Stage.choices, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        """Show what holds now."""
        assert self.school is not None
        self.initial.update(
            category=self.school.category,
            identifier=self.school.identifier,
            stages=standing.stages_on(self.school_id, self.on),
        )

    def asked(self) -> Recoding:
        """Return the question."""
        said = self.cleaned_data
        return Recoding(
            school_id=self.school_id, category=said["category"], identifier=said["identifier"],
            stages=tuple(said["stages"]), **self.common,
        )  # fmt: skip


class OpeningForm(EventForm):
    """A school opens."""

    name = forms.CharField(label=_("校名"), max_length=80)
    category = forms.ChoiceField(label=_("办学类型"), choices=Category.choices)
    stages = forms.MultipleChoiceField(
        label=_("学段"), choices=Stage.choices, widget=forms.CheckboxSelectMultiple
    )
    identifier = forms.CharField(label=_("学校标识码"), max_length=10, required=False)
    village = forms.TypedChoiceField(label=_("所在村居"), coerce=int)
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    urban_rural_class = forms.CharField(label=_("城乡分类代码"), max_length=3, required=False)
    school_system = forms.ChoiceField(label=_("学制"))
    is_public = forms.BooleanField(label=_("公办"), required=False, initial=True)
    in_plan = forms.BooleanField(label=_("列入乡村学校名单"), required=False)
    at_town_seat = forms.BooleanField(label=_("乡镇驻地学校"), required=False)

    def prepare(self) -> None:
        """Offer villages and school systems."""
        self.fields["village"].choices = villages_offered(self.on)  # type: ignore[attr-defined]
        systems = [(item["key"], item["title"]) for item in lists.items("school_systems")]
        self.fields["school_system"].choices = systems  # type: ignore[attr-defined]

    @property
    def new(self) -> NewSchool:
        """The school that opens."""
        said = self.cleaned_data
        names = (
            "name", "category", "identifier", "address", "urban_rural_class", "school_system",
            "is_public", "in_plan", "at_town_seat",
        )  # fmt: skip
        return NewSchool(
            village_id=said["village"], stages=tuple(said["stages"]),
            **{name: said[name] for name in names},
        )  # fmt: skip

    def asked(self) -> Asked:
        """Return the question."""
        return Opening(new=self.new, **self.common)


class SplitForm(OpeningForm):
    """A school hands classes over to a new one."""

    classes = forms.MultipleChoiceField(
        label=_("分给新校的班级"), widget=forms.CheckboxSelectMultiple
    )
    staff = forms.TypedMultipleChoiceField(
        label=_("到新校任职的教职工"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    rest_name = forms.CharField(
        label=_("第二所新校的校名"), max_length=80, required=False,
        help_text=_("原校继续办学就不填；填了则原校撤销，其余师生都转入这所新校，校址用原校的"),
    )  # fmt: skip
    rest_identifier = forms.CharField(label=_("第二所新校的标识码"), max_length=10, required=False)

    def prepare(self) -> None:
        """Offer the classes and the staff of the school, and its own particulars as a start."""
        super().prepare()
        assert self.school is not None
        system = self.school.school_system
        self.fields["classes"].choices = [  # type: ignore[attr-defined]
            (f"{stage}-{grade}-{number}",
             f"{standing.class_label(system, stage, grade, number)}（{pupils}人）")
            for stage, grade, number, pupils in standing.classes_on(self.school_id, self.on)
        ]  # fmt: skip
        self.fields["staff"].choices = staff_offered(self.school_id, self.on)  # type: ignore[attr-defined]
        names = ("category", "school_system", "in_plan", "urban_rural_class", "is_public")
        self.initial.update({name: getattr(self.school, name) for name in names})
        self.initial["village"] = self.school.village_id
        self.initial["stages"] = standing.stages_on(self.school_id, self.on)

    def asked(self) -> Split:
        """Return the question."""
        said = self.cleaned_data
        keys = (text.split("-") for text in said["classes"])
        classes = frozenset(
            ClassKey(stage, int(grade), int(number)) for stage, grade, number in keys
        )
        parts = [Part(self.new, classes, frozenset(said["staff"]))]
        if said["rest_name"]:
            parts.append(Part(self._rest(), frozenset()))
        return Split(
            school_id=self.school_id, parts=tuple(parts), parent_ends=bool(said["rest_name"]),
            **self.common,
        )  # fmt: skip

    def _rest(self) -> NewSchool:
        """Return the second new school, which is like the old one but for name and code."""
        old = self.school
        assert old is not None
        return NewSchool(
            self.cleaned_data["rest_name"], old.category, old.village_id,
            standing.stages_on(self.school_id, self.on), self.cleaned_data["rest_identifier"],
            old.in_plan, old.at_town_seat, old.is_public, old.school_system,
            old.urban_rural_class, old.address,
        )  # fmt: skip


FORMS: dict[str, type[EventForm]] = {
    "merged": MergerForm,
    "closed": EndingForm,
    "renamed": RenamingForm,
    "moved": MovingForm,
    "split": SplitForm,
    "recoded": RecodingForm,
}


def schools_offered(on: date) -> list[tuple[int, str]]:
    """Return the schools open on a day, by name."""
    rows = SchoolProfile.objects.filter(in_force(on)).order_by("name")
    return list(rows.values_list("school_id", "name"))


def villages_offered(on: date) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the villages of each town on a day."""
    town = PlaceRecord.objects.filter(in_force(on), place=OuterRef("parent"))
    rows = (
        PlaceRecord.objects.filter(in_force(on), place__kind=PlaceKind.VILLAGE)
        .annotate(town_name=Subquery(town.values("short_name")[:1]))
        .order_by("parent__pk", "code")
    )
    found: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        found.setdefault(row.town_name or "", []).append((row.place_id, row.short_name))
    return list(found.items())


def staff_offered(school_id: int, on: date) -> list[tuple[int, str]]:
    """Return who works at a school on a day, with subject or post."""
    posts = list(Post.objects.filter(in_force(on), school=school_id).order_by("kind", "pk"))
    rows = StaffRecord.objects.filter(superseded_at=None, staff__in=[row.staff_id for row in posts])
    named = dict(rows.values_list("staff_id", "name"))
    return [
        (row.staff_id, f"{named.get(row.staff_id, '')} {row.subject or row.get_kind_display()}")
        for row in posts
    ]
