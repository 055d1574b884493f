"""docs/openapi.yaml as a judge: whether a request and its reply are as it says, nothing more and nothing less."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml
from django.http import HttpResponse

DOCUMENT = Path(__file__).parents[1] / "docs/openapi.yaml"
PREFIX = "/psychsafety"
#: Headers that a client goes by.
_TELLING = ("ETag", "Retry-After", "Allow", "Content-Disposition")
METHODS = ("get", "post", "put", "patch", "delete")


@cache
def document() -> dict[str, Any]:
    """The document as it is written."""
    return yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))


def operations() -> dict[tuple[str, str], dict[str, Any]]:
    """What the document describes, by method and path."""
    return {
        (method.upper(), path): item[method]
        for path, item in document()["paths"].items()
        for method in METHODS
        if method in item
    }


def operation_of(method: str, path: str) -> tuple[str, dict[str, Any]]:
    """The path as the document writes it, and the operation, for a request. Fails when there is none."""
    bare = path.split("?")[0].removeprefix(PREFIX)
    for (its_method, template), operation in operations().items():
        if its_method == method and re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(template)), bare):
            return template, operation
    raise AssertionError(f"{method} {path} is not in {DOCUMENT.name}")


def problems_of_request(method: str, path: str, body: Any) -> list[str]:
    """What the document says against a body."""
    _, operation = operation_of(method, path)
    if "requestBody" not in operation:
        return [] if body is None else ["no body is described"]
    return _against(operation["requestBody"]["content"]["application/json"]["schema"], body)


def problems_of_reply(method: str, path: str, response: HttpResponse) -> list[str]:
    """What the document says against a reply: its status, its headers, its type and each field of its body."""
    template, operation = operation_of(method, path)
    described = _resolved(operation["responses"].get(str(response.status_code)))
    if described is None:
        return [f"{method} {template}: no status {response.status_code} is described"]
    problems = [problem for header in described.get("headers", {}).items() for problem in _header(response, *header)]
    problems += [f"{name}: not described" for name in _TELLING if _extra(response, described, name)]
    content = described.get("content", {})
    if not content:
        return problems + (["a body where none is described"] if response.content else [])
    kind = response.get("Content-Type", "").split(";")[0]
    if kind not in content:
        return [*problems, f"{kind} is not described"]
    if kind == "application/json":
        problems += _against(content[kind]["schema"], json.loads(response.content))
    return problems


def codes() -> dict[str, int]:
    """Each error code of the document and its status."""
    schemas = document()["components"]["schemas"]
    return {
        code: int(name.removeprefix("Error"))
        for name, schema in schemas.items()
        if re.fullmatch(r"Error\d{3}", name)
        for code in schema["properties"]["error"]["enum"]
    }


def _header(response: HttpResponse, name: str, described: dict[str, Any]) -> list[str]:
    header = _resolved(described) or {}
    if name not in response:
        return [f"{name} is missing"] if header.get("required") else []
    return [f"{name}: {problem}" for problem in _against(header["schema"], response[name])]


def _extra(response: HttpResponse, described: dict[str, Any], name: str) -> bool:
    return name in response and name not in described.get("headers", {})


def _resolved(part: dict[str, Any] | None) -> dict[str, Any] | None:
    if part is None or "$ref" not in part:
        return part
    found: Any = document()
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


def _against(schema: dict[str, Any], value: Any) -> list[str]:
    found = _validator(json.dumps(schema, sort_keys=True)).iter_errors(value)
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message[:400]}" for error in found]


@cache
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    whole = {"$ref": "#/schema", "schema": json.loads(schema), "components": document()["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
