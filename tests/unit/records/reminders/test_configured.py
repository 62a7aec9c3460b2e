"""The file of senders is read strictly, and says in Chinese what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from gengdu.policy.loading import MalformedFact
from gengdu.records.reminders.senders import configured

GOOD: dict[str, Any] = {
    "label": "短信网关", "url": "https://sms.example/send", "body": {"to": "{phone}"},
    "success": {"path": "code", "equals": 0},
}  # fmt: skip


def file_of(folder: Path, content: Any) -> Path:
    path = folder / "senders.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    return path


def refused(folder: Path, content: Any) -> str:
    with pytest.raises(MalformedFact) as error:
        configured.read(file_of(folder, content))
    assert str(error.value).startswith("senders.yaml：")
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_gateway_of_ones_own_says_everything_itself(tmp_path: Path) -> None:
    found = configured.read(file_of(tmp_path, {"sms": {**GOOD, "needs": "phone"}}))

    channel = found["sms"]
    assert (channel.key, channel.label, channel.needs) == ("sms", "短信网关", "phone")
    assert not channel.is_default


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"colour": "red"}, "不认识的键“colour”"),
        ({"label": None}, "应为文字"),
        ({"url": "http://sms.example/send"}, "应以 https:// 开头；只有本机可以用 http"),
        ({"url": "http://127.0.0.1.example/send"}, "应以 https:// 开头"),
        ({"url": "http://10.0.0.1/send"}, "应以 https:// 开头"),
        ({"url": "ftp://sms.example/send"}, "应以 https:// 开头"),
        ({"url": "https:///send"}, "不是完整的网址"),
        ({"url": "https://sms.example:abc/"}, "不是完整的网址"),
        ({"url": "https://user:pw@sms.example/"}, "不是完整的网址"),
        ({"url": "https://{host}/send", "values": {"host": "x"}}, "不是完整的网址"),
        ({"body": "text"}, "应为"),
        ({"body": {"to": "{mobile}"}}, "{mobile} 没有内容可填"),
        ({"url": "https://sms.example/?to={phone}"}, "{phone} 没有内容可填"),
        ({"headers": {"X-Token": "{token}"}}, "{token} 没有内容可填"),
        ({"success": {"path": "code"}}, "缺少'equals'"),
        ({"timeout_seconds": 600}, "senders"),
        ({"tries": 0}, "不得小于 1"),
        ({"needs": "fax"}, "只能是：none、email、phone、user_id"),
        ({"template": "wechat"}, "只能是：dingtalk_robot、sms、wecom_app、wecom_robot"),
        ({"headers": {"X": "${GENGDU_NOT_SET}"}}, "环境变量 GENGDU_NOT_SET 没有设置"),
        ({"token": {"url": "http://sms.example/t", "path": "t", "seconds": 60}}, "token.url"),
    ],
)
def test_what_is_wrong_is_refused_with_place_and_reason(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    assert told in refused(tmp_path, {"sms": {**GOOD, **change}})


@pytest.mark.parametrize("name", sorted(GOOD))
def test_what_is_needed_and_missing_is_named(tmp_path: Path, name: str) -> None:
    without = {key: value for key, value in GOOD.items() if key != name}

    assert f"缺少“{name}”" in refused(tmp_path, {"sms": without})


@pytest.mark.parametrize("name", ["email", "console"])
def test_no_gateway_takes_the_name_of_the_site_s_own_channels(tmp_path: Path, name: str) -> None:
    assert "系统自己的名称" in refused(tmp_path, {name: GOOD})


def test_a_template_says_which_values_it_wants(tmp_path: Path) -> None:
    told = refused(tmp_path, {"robot": {"template": "wecom_robot"}})

    assert "robot.values" in told
    assert "“key”" in told


def test_an_entry_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    assert "应为键与值" in refused(tmp_path, ["sms"])


def test_a_key_in_an_address_is_never_shown(tmp_path: Path) -> None:
    told = refused(tmp_path, {"sms": {**GOOD, "url": "http://sms.example/send?key=s3cret"}})

    assert "s3cret" not in told


def test_secrets_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENGDU_TEST_KEY", "s3cret")
    entry = {"template": "wecom_robot", "values": {"key": "${GENGDU_TEST_KEY}"}}

    found = configured.read(file_of(tmp_path, {"robot": entry}))

    assert found["robot"].sender._hook.values == {"key": "s3cret"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("template", sorted(configured.templates()))
def test_every_shipped_template_is_whole(tmp_path: Path, template: str) -> None:
    known = configured.templates()[template]
    own = dict.fromkeys(known.get("places", ()), "x")
    more = {} if "url" in known else {key: GOOD[key] for key in ("url", "success")}

    found = configured.read(
        file_of(tmp_path, {"gate": {"template": template, "values": own, **more}})
    )

    assert found["gate"].label == known["label"]


def test_the_demo_writes_to_the_console_and_earnest_use_does_not() -> None:
    with override_settings(DEMO=True, EMAIL_URL="", SENDERS=""):
        in_demo = configured.channels()
    with override_settings(DEMO=False, EMAIL_URL="", SENDERS=""):
        in_earnest = configured.channels()

    assert (list(in_demo), list(in_earnest)) == (["console"], [])


def test_mail_and_gateways_stand_side_by_side(tmp_path: Path) -> None:
    path = file_of(tmp_path, {"sms": GOOD})
    with override_settings(
        DEMO=False, EMAIL_URL="smtp://x", SENDERS=str(path), ADDRESS="https://g.example"
    ):
        found = configured.channels()
        again = configured.channels()

    assert list(found) == ["email", "sms"]
    assert found["sms"].sender is again["sms"].sender


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with (
        override_settings(SENDERS=str(tmp_path / "none.yaml")),
        pytest.raises(ImproperlyConfigured, match="读不到"),
    ):
        configured.channels()


def test_messages_without_an_address_to_lead_to_are_refused() -> None:
    with (
        override_settings(DEMO=False, EMAIL_URL="smtp://x", SENDERS="", ADDRESS=""),
        pytest.raises(ImproperlyConfigured, match="GENGDU_ADDRESS"),
    ):
        configured.channels()
