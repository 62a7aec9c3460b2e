"""What the API says when it cannot do what is asked: always the same JSON, always a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

CODES = {
    HTTPStatus.UNAUTHORIZED: "unauthenticated",
    HTTPStatus.FORBIDDEN: "forbidden",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.CONFLICT: "conflict",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "invalid",
    HTTPStatus.TOO_MANY_REQUESTS: "too_many_requests",
    HTTPStatus.SERVICE_UNAVAILABLE: "busy",
    HTTPStatus.INSUFFICIENT_STORAGE: "no_room",
}
SENTENCES = {
    HTTPStatus.UNAUTHORIZED: "没有令牌。请在请求头写 Authorization: Bearer 令牌。",
    HTTPStatus.FORBIDDEN: "没有权限。请找管理员办理。",
    HTTPStatus.NOT_FOUND: "没有这个地址或这条记录，或不在您的查看范围内。请核对地址。",
    HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不能用这种方法。请看接口说明。",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容太大，没有处理。请分几次提交。",
    HTTPStatus.UNPROCESSABLE_ENTITY: "请求里有不合要求的内容，没有处理。请按 details 改正。",
}
_FAILED = "服务器没有办成，已记入日志。请稍后再试；仍不行请找管理员。"
_BAD = "请求不合规范，没有处理。请看接口说明。"
# What pydantic finds, in the words of the reader; {} takes what it knows of the limit.
_FAULTS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请核对名称",
    "literal_error": "只能填 {expected}",
    "too_long": "最多 {max_length} 项",
    "too_short": "至少 {min_length} 项",
    "string_too_long": "最多 {max_length} 个字",
    "string_too_short": "不能为空",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "bool_type": "应为 true 或 false",
    "string_type": "应为文字",
    "string_unicode": "含有残缺的字符，请核对编码",
    "list_type": "应为数组",
    "dict_type": "应为对象",
    "value_error": "{error}",
}

Detail = dict[str, str]


class ApiError(Exception):
    """What is asked cannot be done.

    Attributes:
        status: The HTTP status.
        message_zh: What happened and what to do.
        details: Where what is wrong.
        headers: What the answer carries besides.
    """

    def __init__(
        self, status: int, message_zh: str = "", details: Sequence[Detail] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(status, message_zh)
        self.status, self.message_zh, self.details = status, message_zh, details
        self.headers = headers or {}


def invalid(where: str, message_zh: str) -> ApiError:
    """Return the error of one thing that is wrong."""
    return ApiError(422, details=[{"where": where, "message_zh": message_zh}])


def answer(
    status: int, message_zh: str = "", details: Sequence[Detail] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """Return the answer that says what is wrong."""
    usual = _FAILED if status >= 500 else SENTENCES.get(HTTPStatus(status), _BAD)
    code = CODES.get(HTTPStatus(status), "failed" if status >= 500 else "bad_request")
    body = {"error": code, "message_zh": message_zh or usual, "details": list(details)}
    response = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    if status == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def install(api: NinjaAPI) -> None:
    """Let an API answer every expected failure in this form; others reach the log."""
    api.add_exception_handler(ApiError, _api_error)
    api.add_exception_handler(HttpError, _http_error)
    api.add_exception_handler(ValidationError, _validation_error)
    api.add_exception_handler(RequestDataTooBig, _too_big)


def _api_error(_request: HttpRequest, error: Any) -> HttpResponse:
    return answer(error.status, error.message_zh, error.details, error.headers)


def _http_error(_request: HttpRequest, error: Any) -> HttpResponse:
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return answer(422, "提交的内容不是有效的 JSON，没有处理。请核对括号、引号和编码。")
    return answer(error.status_code)


def _validation_error(_request: HttpRequest, error: Any) -> HttpResponse:
    return answer(422, details=[_detail(fault) for fault in error.errors])


def _too_big(_request: HttpRequest, _error: Any) -> HttpResponse:
    return answer(413)


def _detail(fault: Mapping[str, Any]) -> Detail:
    # The first two steps say which argument of ours it is, which nobody outside knows.
    where = ".".join(map(str, fault["loc"][2:])) or str(fault["loc"][-1])
    known = _FAULTS.get(fault["type"], "填的内容不合要求")
    told = {name: str(value) for name, value in fault.get("ctx", {}).items()}
    return {"where": where, "message_zh": known.format_map(_Blank(told)).replace(" or ", " 或 ")}


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""
