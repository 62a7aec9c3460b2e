"""Every address of the API, with what it asks for, takes and gives."""

# No annotations from __future__: ninja reads those of the functions made below.
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern
from ninja import NinjaAPI, Path, Query, Schema
from ninja.openapi.schema import OpenAPISchema, get_schema

from gengdu.api import approvals, asking, errors, evidence, plan, reading, schemas, writing
from gengdu.api.asking import LARGEST_ID
from gengdu.api.callers import Bearer
from gengdu.api.errors import ApiError
from gengdu.records import sheets
from gengdu.records.sheets import Register

NAMESPACE = "api"
api = NinjaAPI(
    title="耕读接口", version="1", urls_namespace=NAMESPACE, openapi_url=None, docs_url=None,
    description=(
        "程序凭令牌读写底册、读取承诺和指标。令牌在“我的账号”里创建。"
        "号码默认部分隐去；有权限的，在请求头 Reason 写明理由可取得完整号码，理由进审计。"
    ),
)  # fmt: skip
errors.install(api)
_REFUSALS = (401, 403, 404, 422, 429)
_OF_WRITING = (409, 413)
_OF_FILES = (409, 413, 503, 507)
_REASON = {
    "in": "header", "name": "Reason", "required": False, "schema": {"type": "string"},
    "description": "取得完整号码的理由，UTF-8 或百分号编码；写了就记入审计",
}  # fmt: skip
View = Callable[..., HttpResponseBase]
Thing = Annotated[int, Path(ge=1, le=LARGEST_ID, description="底册里的编号")]
Number = Annotated[int, Path(ge=1, le=LARGEST_ID, description="那次操作的编号")]
FileNumber = Annotated[int, Path(ge=1, le=LARGEST_ID, description="材料的编号")]
_BYTES = {
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
}
Name = Annotated[str, Path(description="指标名称，见 /status")]


def _add(
    method: str, path: str, view: View, *, permission: str, gives: type[Schema] | None,
    summary: str, name: str, query: type[Schema] | None = None, more: tuple[int, ...] = (),
    has_hidden: bool = False, extra: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Put an address in place that refuses strangers first, and then unknown parameters."""
    known = set(query.model_fields) if query else set()

    @wraps(view)
    def strict(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        asking.refuse_unknown(request, known)
        return view(request, **parts)

    if query is not None:
        view.__annotations__["query"] = Query[query]  # type: ignore[misc, valid-type]
    given: dict[Any, Any] = {(*_REFUSALS, *more): schemas.Error}
    if gives is not None:
        given[200] = gives
    if has_hidden:
        extra = {"parameters": [_REASON]}
    api.api_operation(
        [method], path, auth=Bearer(permission), response=given, operation_id=name, summary=summary,
        url_name=name, openapi_extra=extra,
    )(strict)  # fmt: skip


def _add_register(register: Register) -> None:
    """Put the addresses of one register in place, typed by its columns."""
    typed = schemas.of_register(register)
    key, label = register.key, register.label

    def listed(request: HttpRequest, query: Any) -> HttpResponse:
        return reading.listed(api, request, register, query)

    def one(request: HttpRequest, thing: Thing, query: Any) -> HttpResponse:
        return reading.one(api, request, register, thing, query)

    def written(request: HttpRequest, given: Any) -> HttpResponse:
        return writing.rows(api, request, register, given)

    written.__annotations__["given"] = typed.given
    _add("GET", f"/registers/{key}/", listed, permission=register.view, gives=typed.listing,
         summary=f"{label}列表", name=f"{key}_list", query=typed.query,
         has_hidden=True)  # fmt: skip
    _add("POST", f"/registers/{key}/", written, permission=register.edit, gives=schemas.Written,
         summary=f"核对或写入{label}", name=f"{key}_write", more=_OF_WRITING)  # fmt: skip
    _add("GET", f"/registers/{key}/{{int:thing}}/", one, permission=register.view,
         gives=typed.detail, summary=f"一条{label}及其历史", name=f"{key}_one",
         query=asking.Moments, has_hidden=True)  # fmt: skip


def _registers(request: HttpRequest) -> HttpResponse:
    return reading.registers(api, request)


def _status(request: HttpRequest, query: Any) -> HttpResponse:
    return plan.status(api, request, query)


def _indicator(request: HttpRequest, name: Name, query: Any) -> HttpResponse:
    return plan.indicator(api, request, name, query)


def _undo(request: HttpRequest, number: Number, given: schemas.UndoIn) -> HttpResponse:
    return writing.undo(api, request, number, given)


def _waits(request: HttpRequest, query: Any) -> HttpResponse:
    return approvals.waits(api, request, query)


def _act(request: HttpRequest, given: approvals.ActIn) -> HttpResponse:
    return approvals.act(api, request, given)


def _files(request: HttpRequest, thing: Thing, query: Any) -> HttpResponse:
    return evidence.listed(api, request, thing, query)


def _file_added(request: HttpRequest, thing: Thing, query: Any) -> HttpResponse:
    return evidence.add(api, request, thing, query)


def _file(request: HttpRequest, number: FileNumber, query: Any) -> HttpResponseBase:
    return evidence.file(api, request, number, query)


def _file_detached(request: HttpRequest, number: FileNumber) -> HttpResponse:
    return evidence.detach(api, request, number)


_add("GET", "/registers/", _registers, permission="", gives=schemas.Registers,
     summary="有哪些底册、各有哪些列", name="registers")  # fmt: skip
for _register in sheets.registers():
    _add_register(_register)
_add("POST", "/changes/{int:number}/undo/", _undo, permission="", gives=schemas.Undone,
     summary="撤销自己的一次写入", name="undo", more=_OF_WRITING)  # fmt: skip
_add("GET", "/approvals/", _waits, permission="view_records", gives=approvals.WaitingOut,
     summary="待办：等我审批的、退回给我的、将到期的", name="approvals",
     query=approvals.WaitingQuery)  # fmt: skip
_add("POST", "/approvals/", _act, permission="view_records", gives=approvals.Acted,
     summary="核对或办理：提交、同意、退回、撤回、重新打开、撤销", name="approvals_act",
     more=_OF_WRITING)  # fmt: skip
_add("GET", "/evidence/{int:thing}/", _files, permission="", gives=evidence.FilesOut,
     summary="一条台账记录的证明材料", name="evidence", query=asking.Moments)  # fmt: skip
_add("POST", "/evidence/{int:thing}/", _file_added, permission="", gives=evidence.FileOut,
     summary="给一条台账记录添加一份材料", name="evidence_add", query=evidence.FileQuery,
     more=_OF_FILES, extra={"requestBody": {"required": True, **_BYTES}})  # fmt: skip
_add("GET", "/evidence/files/{int:number}/", _file, permission="", gives=None,
     summary="取一份材料的内容", name="evidence_file", query=asking.Moments,
     extra={"responses": {200: {"description": "文件内容", **_BYTES}}})  # fmt: skip
_add("POST", "/evidence/files/{int:number}/detach/", _file_detached, permission="",
     gives=evidence.FileOut, summary="移除一份材料", name="evidence_detach",
     more=_OF_FILES)  # fmt: skip
_add("GET", "/status", _status, permission="view_plan", gives=plan.StatusOut,
     summary="各项承诺兑现到哪一步", name="status", query=plan.StatusQuery)  # fmt: skip
_add("GET", "/indicators/{str:name}", _indicator, permission="view_plan", gives=plan.IndicatorOut,
     summary="一个指标", name="indicator", query=plan.IndicatorQuery)  # fmt: skip


@api.get("/openapi.json", auth=Bearer(), include_in_schema=False, url_name="document")
def _document(request: HttpRequest) -> HttpResponse:
    asking.refuse_unknown(request, set())
    return api.create_response(request, document(), status=200)


@api.api_operation(
    ["GET", "POST", "PUT", "PATCH", "DELETE"], "/{path:rest}", auth=Bearer(),
    include_in_schema=False, url_name="nothing",
)  # fmt: skip
def _nothing(request: HttpRequest, rest: str) -> HttpResponse:
    raise ApiError(404)


def document() -> OpenAPISchema:
    """Return the OpenAPI document."""
    return get_schema(api=api, path_prefix="/api/v1")


def _patterns() -> list[URLPattern]:
    """Return the addresses; none asks for a log-in, each asks for a token."""
    found = [item for item in api.urls[0] if isinstance(item, URLPattern)]
    for pattern in found:
        pattern.callback.login_required = False  # type: ignore[attr-defined]
    return [pattern for pattern in found if pattern.name != "api-root"]


urls = (_patterns(), "ninja", NAMESPACE)
