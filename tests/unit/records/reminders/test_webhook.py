"""Web-hooks against a stand-in on this machine: what is sent, and what each answer means."""

from __future__ import annotations

import base64
import hashlib
import hmac
import socket
import threading
from datetime import datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import yaml

from gengdu.records.reminders.senders import configured
from gengdu.records.reminders.senders.base import Address, Item, Message, NotSent
from gengdu.records.reminders.senders.webhook import (
    Condition,
    TokenStep,
    Webhook,
    WebhookSender,
    signature,
)
from tests.unit.records.reminders.gateway import Asked, Gateway, serving

AT = datetime.fromisoformat("2025-12-08T08:30:00+08:00")
OK = {"errcode": 0, "errmsg": "ok"}
MESSAGE = Message(
    to=Address("李校长", "li@example.gov.cn", "13806310001", "LiXiaozhang"),
    title="耕读提醒：2 项",
    head="耕读提醒 2025-12-08：2 项",
    items=(Item("一校一案尚未提交", "https://g.example/a/"), Item("称号[未]报", "https://g.example/b/")),
    link="https://g.example/reminders/",
    at=AT,
)  # fmt: skip


def hook(gateway: Gateway, **more: Any) -> Webhook:
    values: dict[str, Any] = {
        "label": "网关", "url": f"{gateway.url}/send", "body": {"text": "{brief}"},
        "success": Condition("errcode", 0, (-1,)), "timeout_seconds": 5,
    }  # fmt: skip
    return Webhook(**{**values, **more})


def sender(gateway: Gateway, pauses: list[float] | None = None, **more: Any) -> WebhookSender:
    return WebhookSender(hook(gateway, **more), pause=(pauses if pauses is not None else []).append)


def refused(of: WebhookSender, message: Message = MESSAGE) -> NotSent:
    with pytest.raises(NotSent) as error:
        of.send(message)
    return error.value


def test_a_message_arrives_and_the_answer_is_told() -> None:
    with serving((200, OK)) as gateway:
        answer = sender(gateway).send(MESSAGE)

    (asked,) = gateway.asked
    assert (asked.method, asked.path) == ("POST", "/send")
    assert asked.body == {"text": "耕读提醒 2025-12-08：2 项 https://g.example/reminders/"}
    assert asked.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.startswith("网关已接收")
    assert "errcode" in answer


def test_a_gateway_that_says_no_is_believed_and_not_asked_again() -> None:
    with serving((200, {"errcode": 93000, "errmsg": "invalid webhook url"})) as gateway:
        error = refused(sender(gateway))

    assert (error.is_final, error.is_unsure, len(gateway.asked)) == (True, False, 1)
    assert "93000" in str(error)


@pytest.mark.parametrize("first", [(500, b""), (503, b"busy"), (429, b""), (200, {"errcode": -1})])
def test_a_gateway_that_is_busy_is_asked_again_after_a_pause(first: tuple[int, Any]) -> None:
    pauses: list[float] = []
    with serving(first, (200, OK)) as gateway:
        sender(gateway, pauses).send(MESSAGE)

    assert (len(gateway.asked), pauses) == (2, [1.0])


def test_pauses_grow_and_end() -> None:
    pauses: list[float] = []
    with serving((502, b"")) as gateway:
        error = refused(sender(gateway, pauses, tries=4))

    assert (len(gateway.asked), pauses) == (4, [1.0, 3.0, 9.0])
    assert not error.is_final
    assert str(error).startswith("网关答复 502")


def test_a_gateway_that_cannot_be_reached_has_surely_not_taken_it() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = Gateway([], url=f"http://127.0.0.1:{free.getsockname()[1]}")
    pauses: list[float] = []

    error = refused(sender(nobody, pauses))

    assert (error.is_final, error.is_unsure, len(pauses)) == (False, False, 2)
    assert "对方没有开放端口" in str(error)


def test_a_gateway_that_does_not_answer_in_time_may_have_taken_it() -> None:
    let_go = threading.Event()

    def keep_silent(_: BaseHTTPRequestHandler) -> None:
        let_go.wait(20)

    with serving(keep_silent) as gateway:
        error = refused(sender(gateway, timeout_seconds=0.2))
        asked = len(gateway.asked)
        let_go.set()

    assert (error.is_unsure, error.is_final, asked) == (True, True, 1)
    assert "超过等待时间" in str(error)


def test_an_answer_that_drips_is_not_waited_for() -> None:
    let_go = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not let_go.wait(0.05):
            try:
                handler.wfile.write(b" ")
                handler.wfile.flush()
            except OSError:
                return

    with serving(drip) as gateway:
        error = refused(sender(gateway, timeout_seconds=0.3))
        let_go.set()

    assert error.is_unsure


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("reply", [hang_up, (200, b"<html>proxy</html>")])
def test_an_answer_that_is_none_leaves_it_open_whether_it_was_taken(reply: Any) -> None:
    with serving(reply) as gateway:
        error = refused(sender(gateway))

    assert (error.is_unsure, len(gateway.asked)) == (True, 1)


@pytest.mark.parametrize("status", [301, 302, 307])
def test_nobody_is_led_elsewhere(status: int) -> None:
    with serving((status, b""), (200, OK)) as gateway:
        error = refused(sender(gateway))

    assert [one.path for one in gateway.asked] == ["/send"]
    assert error.is_final
    assert "要求转到别的网址" in str(error)


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_status_that_says_no_is_final(status: int) -> None:
    with serving((status, {"errcode": 0})) as gateway:
        assert refused(sender(gateway)).is_final


def test_success_is_what_the_file_says_and_nothing_like_it() -> None:
    """An answer of false or of the text 0 is not the number 0."""
    for said in (False, "0", None, 0.5):
        with serving((200, {"errcode": said})) as gateway:
            assert refused(sender(gateway)).is_final


def test_the_condition_may_lie_deeper() -> None:
    with serving((200, {"data": {"code": "OK"}})) as gateway:
        sender(gateway, success=Condition("data.code", "OK")).send(MESSAGE)


def test_an_answer_is_told_in_one_short_line() -> None:
    with serving((200, {"errcode": 1, "errmsg": "a\n\x1b[31mb" + "x" * 5_000})) as gateway:
        told = str(refused(sender(gateway)))

    assert len(told) < 200
    assert told.isprintable()


def test_what_a_message_says_cannot_change_the_shape_of_the_body() -> None:
    nasty = Message(
        Address('a"}', user_id='x","y'), "{text}", '"}],"all":true{key}', (), "l", AT
    )  # fmt: skip
    with serving((200, OK)) as gateway:
        sender(gateway, body={"who": ["{user_id}"], "text": "{text}{title}"}).send(nasty)

    assert set(gateway.asked[0].body) == {"who", "text"}
    assert gateway.asked[0].body["who"] == ['x","y']
    assert "{text}" in gateway.asked[0].body["text"]


def test_places_in_an_address_are_quoted() -> None:
    with serving((200, OK)) as gateway:
        sender(gateway, url=f"{gateway.url}/send?key={{key}}", values={"key": "a&b=c#d"}).send(
            MESSAGE
        )

    assert gateway.asked[0].query == {"key": ["a&b=c#d"]}


def test_an_address_of_dingtalk_is_signed_as_documented() -> None:
    with serving((200, OK)) as gateway:
        sender(gateway, url=f"{gateway.url}/send?access_token=t", sign_secret="SECabc").send(
            MESSAGE
        )

    query = gateway.asked[0].query
    stamp = query["timestamp"][0]
    wanted = hmac.new(b"SECabc", f"{stamp}\nSECabc".encode(), hashlib.sha256).digest()
    assert stamp == str(int(AT.timestamp() * 1000))
    assert base64.b64decode(query["sign"][0]) == wanted
    assert query["access_token"] == ["t"]


def test_the_signature_of_a_known_time_is_known() -> None:
    """Computed apart, by the recipe of the documentation, with openssl."""
    at = datetime.fromisoformat("2023-02-11T00:00:00+00:00")

    assert signature("this is secret", at) == (
        "timestamp=1676073600000&sign=u1vFAoQ8AhwVzJlRlZOq2umdawnLRLgzjaCHfEt5uHs%3D"
    )


def token_hook(gateway: Gateway) -> dict[str, Any]:
    step = TokenStep(f"{gateway.url}/token?id={{id}}", "access_token", 600, (42001,))
    return {"url": f"{gateway.url}/send?access_token={{token}}", "values": {"id": "corp"},
            "token": step}  # fmt: skip


def paths(asked: list[Asked]) -> list[str]:
    return [one.path for one in asked]


def test_a_token_is_fetched_once_and_kept_until_it_is_old() -> None:
    with serving((200, {"access_token": "T1"}), (200, OK), (200, OK),
                 (200, {"access_token": "T2"}), (200, OK)) as gateway:  # fmt: skip
        one = sender(gateway, **token_hook(gateway))
        one.send(MESSAGE)
        one.send(MESSAGE)
        later = datetime.fromisoformat("2025-12-08T08:41:00+08:00")
        one.send(Message(MESSAGE.to, "t", "h", (), "l", later))

    assert paths(gateway.asked) == ["/token", "/send", "/send", "/token", "/send"]
    assert [one.query["access_token"] for one in gateway.asked if one.path == "/send"] == [
        ["T1"], ["T1"], ["T2"],
    ]  # fmt: skip


def test_a_token_that_the_gateway_no_longer_takes_is_fetched_anew() -> None:
    with serving((200, {"access_token": "T1"}), (200, {"errcode": 42001}),
                 (200, {"access_token": "T2"}), (200, OK)) as gateway:  # fmt: skip
        sender(gateway, **token_hook(gateway)).send(MESSAGE)

    assert paths(gateway.asked) == ["/token", "/send", "/token", "/send"]


def test_without_a_token_nothing_was_sent() -> None:
    with serving((200, {"errcode": 40001, "errmsg": "invalid credential"})) as gateway:
        error = refused(sender(gateway, **token_hook(gateway)))

    assert (error.is_final, error.is_unsure) == (True, False)
    assert "没有给出令牌" in str(error)


# The gateways that are known already


def known(tmp_path: Path, gateway: Gateway, template: str, **more: Any) -> configured.Channel:
    """Return the channel of a shipped template, led to the stand-in instead of to the gateway."""
    card = configured.templates()[template]
    url = f"{gateway.url}/{card.get('url', '/').split('/', 3)[-1]}"
    entry: dict[str, Any] = {"template": template, "url": url, **more}
    if "token" in card:
        entry["token"] = {**card["token"], "url": f"{gateway.url}/gettoken?id={{corp_id}}"}
    path = tmp_path / "senders.yaml"
    path.write_text(yaml.safe_dump({"gate": entry}, allow_unicode=True), encoding="utf-8")
    return configured.read(path)["gate"]


def test_the_robot_of_wecom_gets_text_and_whom_to_mention(tmp_path: Path) -> None:
    with serving((200, OK)) as gateway:
        known(tmp_path, gateway, "wecom_robot", values={"key": "k"}).sender.send(MESSAGE)

    (asked,) = gateway.asked
    assert (asked.path, asked.query) == ("/cgi-bin/webhook/send", {"key": ["k"]})
    assert asked.body["msgtype"] == "text"
    assert asked.body["text"]["mentioned_list"] == ["LiXiaozhang"]
    assert "1. 一校一案尚未提交\nhttps://g.example/a/" in asked.body["text"]["content"]


def test_nobody_is_mentioned_who_has_no_user_id(tmp_path: Path) -> None:
    nobody = Message(Address("李校长"), "t", "h", (), "l", AT)
    with serving((200, OK)) as gateway:
        known(tmp_path, gateway, "wecom_robot", values={"key": "k"}).sender.send(nobody)

    assert gateway.asked[0].body["text"]["mentioned_list"] == []


def test_an_app_of_wecom_reaches_one_person_with_a_token(tmp_path: Path) -> None:
    values = {"corp_id": "c", "corp_secret": "s", "agent_id": 1000002}
    with serving((200, {"access_token": "T"}), (200, OK)) as gateway:
        known(tmp_path, gateway, "wecom_app", values=values).sender.send(MESSAGE)

    body = gateway.asked[1].body
    assert gateway.asked[1].query == {"access_token": ["T"]}
    assert (body["touser"], body["agentid"]) == ("LiXiaozhang", 1000002)


def test_the_robot_of_dingtalk_gets_markdown_and_a_signature(tmp_path: Path) -> None:
    with serving((200, OK)) as gateway:
        known(
            tmp_path, gateway, "dingtalk_robot", values={"access_token": "t"}, sign_secret="SEC"
        ).sender.send(MESSAGE)  # fmt: skip

    (asked,) = gateway.asked
    assert set(asked.query) == {"access_token", "timestamp", "sign"}
    assert "2. [称号（未）报](https://g.example/b/)" in asked.body["markdown"]["text"]
    assert asked.body["at"]["atMobiles"] == ["13806310001"]


def test_a_short_message_is_short_and_signed(tmp_path: Path) -> None:
    more = {"values": {"api_key": "k", "signature": "经开区教育分局"},
            "success": {"path": "code", "equals": "0"}}  # fmt: skip
    with serving((200, {"code": "0"})) as gateway:
        known(tmp_path, gateway, "sms", **more).sender.send(MESSAGE)

    (asked,) = gateway.asked
    assert asked.headers["Authorization"] == "Bearer k"
    assert asked.body == {
        "mobile": "13806310001",
        "content": "【经开区教育分局】耕读提醒 2025-12-08：2 项 https://g.example/reminders/",
    }


def test_a_long_message_says_how_much_it_leaves_out_and_fits() -> None:
    many = tuple(
        Item(f"第 {number} 项承诺尚未计入", "https://g.example/a/") for number in range(60)
    )
    message = Message(MESSAGE.to, "t", "耕读提醒：60 项", many, "https://g.example/r/", AT)

    text = message.plain(2048)

    shown = text.count("尚未计入")
    assert len(text.encode()) <= 2048
    assert f"……还有 {60 - shown} 项" in text
    assert text.endswith("全部提醒：https://g.example/r/")
