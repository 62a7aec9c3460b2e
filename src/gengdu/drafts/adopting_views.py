"""Pages on which a draft becomes a plan: what is lacking, what it is called, what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.validators import RegexValidator
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.access import looking
from gengdu.access.accounts.forms import Styled
from gengdu.access.guards import account_of, requires
from gengdu.drafts import items, pages
from gengdu.drafts.correcting import MODEL
from gengdu.drafts.models import Adoption, Draft
from gengdu.notices import adopting, numbering
from gengdu.notices.adopting import AlreadyThere, CannotAdopt, Choices, Lack
from gengdu.policy import comparing, facts
from gengdu.policy.comparing import Difference
from gengdu.policy.loading import MalformedFact

WRONG_ID = gettext_lazy(
    "编号以小写字母开头，其余为小写字母、数字或下划线，共 3 到 40 个字，如 rongcheng_2026。"
)


class ChoicesForm(Styled):
    """How the plan is to be called, and what it takes over of the one in force."""

    id = forms.CharField(
        label=gettext_lazy("方案编号"), max_length=40,
        validators=[RegexValidator(f"^{adopting.ID.pattern}$", WRONG_ID)],
        help_text=gettext_lazy("也是文件夹的名称，如 rongcheng_2026；以后不改。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    short_zh = forms.CharField(
        label=gettext_lazy("方案简称"), max_length=40,
        help_text=gettext_lazy("显示在每页页首，如“乡村教育振兴先行区”。"),
    )  # fmt: skip
    area_zh = forms.CharField(
        label=gettext_lazy("区域名称"), max_length=20,
        help_text=gettext_lazy("显示在每页页首，如“威海经开区”。"),
    )  # fmt: skip
    lead_zh = forms.CharField(
        label=gettext_lazy("没写责任单位的措施，由谁牵头"), max_length=40, required=False,
        help_text=gettext_lazy("如“县教育局”；不填，就须逐条补上。"),
    )  # fmt: skip
    carry_over = forms.BooleanField(
        label=gettext_lazy("通知没写的年龄、次数等，沿用自带方案的并注明"), required=False,
        initial=True,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dress every field; the tick has none of a text field's looks."""
        super().__init__(*args, **kwargs)
        self.fields["carry_over"].widget.attrs["class"] = ""


@requires("draft_plans")
def adopt(request: HttpRequest, number: int) -> HttpResponse:
    """Say what a draft lacks to be a plan, and write the plan."""
    draft = pages.found(number)
    form = ChoicesForm(request.POST or None)
    is_asked = request.method == "POST" and form.is_valid()
    choices = Choices(**form.cleaned_data) if is_asked else Choices("draft", "草稿", "草稿", True)
    if is_asked:
        try:
            return _written(request, draft, choices)
        except (AlreadyThere, IntegrityError):
            said = _("已经有编号为“%s”的方案，没有覆盖；请换一个编号。") % choices.id
            form.add_error("id", said)
        except CannotAdopt:
            messages.error(request, _("没有采用：还缺下面标“必须补上”的内容，什么也没有写入。"))
    lacks = adopting.lacking(draft.whole, choices)
    done, count = items.progress(draft.reading)
    context = {
        "draft": draft, "form": form, "stops": _named(draft, lacks, stops=True),
        "others": _named(draft, lacks, stops=False), "done": done, "count": count,
        "unchecked": count - done, "repeats": numbering.repeats(draft.reading),
         "adoptions": draft.adoptions.select_related("account"),
    }  # fmt: skip
    return pages.page(request, "adopt", context)


def _named(draft: Draft, lacks: list[Lack], *, stops: bool) -> list[tuple[str, Lack]]:
    """Return what is lacking, each with what its item is called."""
    names = {held["id"]: items.name_of(kind, held) for kind, held in items.every(draft.reading)}
    named = [(names.get(one.at, ""), one) for one in lacks if one.stops is stops]
    return [("" if name in one.words_zh else name, one) for name, one in named]


def _written(request: HttpRequest, draft: Draft, choices: Choices) -> HttpResponse:
    """Write the plan's folder and say so in the database: both, or neither that counts.

    Raises:
        AlreadyThere: If there is a plan of that id.
        CannotAdopt: If something is lacking.
    """
    account = account_of(request)
    with transaction.atomic():
        held = Draft.objects.select_for_update().get(pk=draft.pk)
        Adoption.objects.create(
            draft=held, plan=choices.id, version=held.version, account=account,
            made_at=timezone.now(),  # noqa: TID251
        )  # fmt: skip
        what = _("采用通知草稿为方案 %s") % choices.id
        looking.wrote(request, subject=MODEL, ids=[held.pk], what=what)
        # A folder that no row speaks of is what a stop left between the two.
        adopting.write(held.whole, choices, Path(settings.PLANS), may_be_there=True)
    messages.success(request, _("已写成方案“%s”。") % choices.id)
    return redirect("draft_plan", draft.pk, choices.id)


@requires("draft_plans")
def adopted(request: HttpRequest, number: int, plan: str) -> HttpResponse:
    """Say where a plan was written, what of it differs, and how to put it in force."""
    draft = pages.found(number)
    adoption = draft.adoptions.filter(plan=plan).select_related("account").first()
    if adoption is None:
        raise Http404
    folder = Path(settings.PLANS) / plan
    is_there = folder.is_dir()
    context = {
        "draft": draft, "adoption": adoption, "folder": folder, "is_there": is_there,
        "files": sorted(str(one.relative_to(folder)) for one in folder.rglob("*.*")),
        "is_in_force": _is_in_force(folder), "compared_with": _beside(folder).short_zh,
        "differences": _differences(folder) if is_there else None,
        "corrected_since": draft.version - adoption.version,
    }  # fmt: skip
    return pages.page(request, "adopted", context)


def _is_in_force(folder: Path) -> bool:
    return facts.plan().folder.resolve() == folder.resolve()


def _beside(folder: Path) -> facts.Plan:
    """Return the plan that one is compared with: the one in force, or if it is that, ours."""
    return facts.built_in() if _is_in_force(folder) else facts.plan()


def _differences(folder: Path) -> list[Difference] | None:
    """Return what differs from the other plan; None where somebody spoilt the folder."""
    try:
        return comparing.compare(_beside(folder), facts.load(facts.HERE, folder))
    except MalformedFact:
        return None
