"""What is asked about a survey: its settings, its villages, its questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.access.accounts.forms import Styled
from gengdu.analytics.surveys import questionnaire
from gengdu.analytics.surveys.questionnaire import SCALE, Question, Questionnaire
from gengdu.chapters.delivery.evaluation.surveys import frame
from gengdu.chapters.delivery.evaluation.surveys.models import Survey, SurveyPurpose
from gengdu.kernel.identifiers import is_row_number

PERCENT = ("margin", "confidence", "expected_share", "expected_response")
SPARE_QUESTIONS = 3
MOST_HOUSEHOLDS = 100_000


def _percent(label: Any, help_text: Any, low: float, high: float) -> forms.FloatField:
    widget = forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"})
    return forms.FloatField(
        label=label, help_text=help_text, min_value=low, max_value=high, widget=widget
    )


def _day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Days(Styled):
    """What a survey is called and when it runs."""

    title = forms.CharField(label=gettext_lazy("名称"), max_length=80)
    opens_on = forms.DateField(label=gettext_lazy("开始日期"), widget=_day_input())
    closes_on = forms.DateField(label=gettext_lazy("截止日期（含）"), widget=_day_input())

    def clean(self) -> dict[str, Any]:
        """Refuse a survey that would end before it begins."""
        found = super().clean() or {}
        opens_on, closes_on = found.get("opens_on"), found.get("closes_on")
        if opens_on and closes_on and closes_on < opens_on:
            self.add_error("closes_on", _("截止日期早于开始日期，请改正"))
        return found


class NewSurvey(Days):
    """A survey to begin."""

    purpose = forms.ChoiceField(label=gettext_lazy("用途"), choices=SurveyPurpose.choices)
    like = forms.TypedChoiceField(
        label=gettext_lazy("沿用哪一次的设置和问卷"), coerce=int, empty_value=None, required=False,
        help_text=gettext_lazy("用途相同才沿用，结果才好前后比。"),
    )  # fmt: skip

    def __init__(self, *args: Any, others: list[Survey], **kwargs: Any) -> None:
        """Offer the surveys there were."""
        super().__init__(*args, **kwargs)
        like = self.fields["like"]
        assert isinstance(like, forms.TypedChoiceField)
        like.choices = [("", _("不沿用，用系统自拟的示例问卷")),
                        *((one.pk, one.title) for one in others)]  # fmt: skip


class Settings(Days):
    """How a survey draws its sample."""

    groups = forms.MultipleChoiceField(
        label=gettext_lazy("调查对象"), widget=forms.CheckboxSelectMultiple, required=False
    )
    margin = _percent(gettext_lazy("允许误差（±百分点）"), "", 0.5, 49)
    confidence = _percent(gettext_lazy("置信水平（%）"), "", 50, 99.9)
    expected_share = _percent(
        gettext_lazy("预计满意率（%）"),
        gettext_lazy("不知道填 50，需要的份数最多，最稳妥。"),
        1,
        99,
    )
    expected_response = _percent(
        gettext_lazy("预计回收率（%）"),
        gettext_lazy("按它多发；回收低于它的学校列为落后。"),
        1,
        100,
    )
    at_least = forms.IntegerField(
        label=gettext_lazy("每层至少（份）"), min_value=1, max_value=50,
        help_text=gettext_lazy("一层至少 2 份才算得出误差；不足的全取。"),
    )  # fmt: skip
    each_group = forms.BooleanField(
        label=gettext_lazy("每类对象各自达到允许误差"), required=False,
        help_text=gettext_lazy("申报表要“其中家长”单列，勾选后家长的结果也够精确。"),
    )  # fmt: skip
    seed = forms.CharField(
        label=gettext_lazy("抽样种子"), max_length=40,
        help_text=gettext_lazy("同样的底册、设置和种子，抽出的人相同，可供复核。"),
    )  # fmt: skip

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        """Start from what the survey has."""
        initial = {name: getattr(survey, name) for name in self.base_fields}
        initial |= {name: f"{100 * initial[name]:g}" for name in PERCENT}
        super().__init__(*args, initial=initial, **kwargs)
        groups = self.fields["groups"]
        assert isinstance(groups, forms.MultipleChoiceField)
        groups.choices = [
            (one.value, one.label) for one in frame.GROUPS[SurveyPurpose(survey.purpose)]
        ]
        for name in ("groups", "each_group"):
            self.fields[name].widget.attrs.pop("class")

    def values(self) -> dict[str, Any]:
        """Return the settings as a survey keeps them."""
        found = dict(self.cleaned_data)
        return found | {name: round(found[name] / 100, 8) for name in PERCENT}


class Villages:
    """How many households each village has, and how many of them get a code."""

    def __init__(self, survey: Survey, on: date, posted: QueryDict | None = None) -> None:
        """Start from what the survey has, or read what was filled in."""
        self.faults: list[str] = []
        self.values: dict[str, list[int]] = {}
        self.rows = list(self._rows(survey, on, posted))

    def _rows(self, survey: Survey, on: date, posted: QueryDict | None) -> Iterator[dict[str, Any]]:
        for place in frame.villages(on):
            kept = survey.residents.get(str(place.key), ["", ""])
            given = kept if posted is None else [
                posted.get(f"{name}-{place.key}", "").strip() for name in ("households", "codes")
            ]  # fmt: skip
            if posted is not None and any(given):
                self._take(place, given)
            yield {"place": place, "households": given[0], "codes": given[1]}

    def _take(self, place: frame.Place, given: list[str]) -> None:
        if not all(is_row_number(one, digits=9) for one in given):
            self.faults.append(_("%(village)s：户数和发码数都要填，应为整数")
                               % {"village": place.label})  # fmt: skip
            return
        households, codes = map(int, given)
        if not 0 < codes <= households <= MOST_HOUSEHOLDS:
            self.faults.append(_("%(village)s：发码数应在 1 与户数之间")
                               % {"village": place.label})  # fmt: skip
            return
        self.values[str(place.key)] = [households, codes]


def question_rows(form: Questionnaire) -> list[dict[str, Any]]:
    """Return the rows of the page on which a questionnaire is written, some of them empty."""
    rows = [
        {"kind": one.kind, "wording": one.wording, "options": "\n".join(one.options),
         "is_needed": one.is_needed, "is_overall": one.key == form.overall}
        for one in form.questions
    ]  # fmt: skip
    spare = min(SPARE_QUESTIONS, questionnaire.MOST_QUESTIONS - len(rows))
    return rows + [{"kind": "scale", "wording": "", "options": ""} for _number in range(spare)]


def posted_rows(posted: QueryDict) -> list[dict[str, Any]]:
    """Return the rows of that page as they were filled in."""
    rows = []
    for number in range(questionnaire.MOST_QUESTIONS + SPARE_QUESTIONS):
        if f"wording-{number}" not in posted:
            break
        rows.append({
            "kind": posted.get(f"kind-{number}", ""),
            "wording": posted[f"wording-{number}"],
            "options": posted.get(f"options-{number}", ""),
            "is_needed": f"needed-{number}" in posted,
            "is_overall": posted.get("overall") == str(number),
        })  # fmt: skip
    return rows


def read_questionnaire(posted: QueryDict) -> Questionnaire:
    """Return the questionnaire that somebody wrote; a row without wording is no question.

    Raises:
        questionnaire.BadQuestionnaire: If it cannot be used.
    """
    rows = [row for row in posted_rows(posted) if row["wording"].strip()]
    questions = [
        Question(f"q{number}", row["kind"], row["wording"], _lines(row["options"]),
                 row["is_needed"])
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip
    overall = next((f"q{number}" for number, row in enumerate(rows, 1) if row["is_overall"]), "")
    satisfied = [place for place in range(len(SCALE)) if str(place) in posted.getlist("satisfied")]
    return questionnaire.checked(questions, overall, satisfied)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip()[:60] for line in text.splitlines() if line.strip())
