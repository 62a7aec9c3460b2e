"""What people are asked about how they want to be reminded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gengdu.kernel.phones import normal_phone, phone_fault
from gengdu.records.reminders.models import Contact
from gengdu.records.reminders.senders.configured import Channel


class ContactForm(forms.ModelForm[Contact]):
    """E-mail, mobile number, user id of the gateway, and which channels are wanted."""

    channels = forms.MultipleChoiceField(
        label=gettext_lazy("接收方式"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Contact
        fields = ["email", "phone", "user_id", "channels"]

    def __init__(self, *args: Any, offered: Mapping[str, Channel], **more: Any) -> None:
        super().__init__(*args, **more)
        self._offered = offered
        choices = [(channel.key, channel.label) for channel in offered.values()]
        self.fields["channels"].choices = choices  # type: ignore[attr-defined]
        for name in ("email", "phone", "user_id"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def clean_phone(self) -> str:
        """Write the number plainly; a wrong one is refused with the reason."""
        given = self.cleaned_data["phone"]
        normal = normal_phone(given) if given else ""
        if normal and (fault := phone_fault(normal)):
            raise ValidationError(fault)
        return normal

    def clean(self) -> dict[str, Any]:
        """Refuse a channel that cannot do without what was left empty."""
        found = super().clean() or {}
        for key in found.get("channels", ()):
            needs = self._offered[key].needs
            if needs != "none" and not found.get(needs) and needs not in self.errors:
                label = self.fields[needs].label
                self.add_error(needs, _("“%(channel)s”要用到%(field)s，请填写。") % {
                    "channel": self._offered[key].label, "field": label,
                })  # fmt: skip
        return found
