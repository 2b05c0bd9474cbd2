"""Registers over HTTP: ``REGISTERS=year.sqlite3 uvicorn main:app``."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse

import commed
from commed.codec import register_in
from language import preferred
from store import NotKept, Store

app = FastAPI(title="Registers of community education")
store = Store(Path(os.environ.get("REGISTERS", "registers.sqlite3")))


async def text_of(request: Request) -> str:
    """Return the body as it was sent: commed reads it, so that no repeated key gets lost."""
    return (await request.body()).decode()


@app.put("/registers/{name}", status_code=204)
def put_register(name: str, text: Annotated[str, Depends(text_of)]) -> None:
    store.put(name, register_in(text))


@app.get("/registers/{name}")
def get_register(name: str) -> dict[str, Any]:
    return commed.dump_register(store.get(name))


@app.get("/registers/{name}/measurements/{indicator}")
def get_measurement(
    name: str,
    indicator: str,
    first: date | None = None,
    last: date | None = None,
    division: str | None = None,
) -> dict[str, Any]:
    period = commed.Period(first, last) if first and last else None
    found = commed.measure(indicator, store.get(name), period=period, division=division)
    return commed.dump_measurement(found)


@app.get("/registers/{name}/assessments/{instrument}")
def get_assessment(name: str, instrument: str, on: date) -> dict[str, Any]:
    found = commed.assess(store.get(name), commed.instrument(instrument), on=on)
    return commed.dump_assessment(found)


@app.exception_handler(commed.InvalidValue)
def invalid(request: Request, error: commed.InvalidValue) -> Response:
    """Answer with every problem, and where it is."""
    language = preferred(request.headers.get("accept-language", ""))
    problems = [
        {"path": each.path, "message": each.message_zh if language == "zh" else each.message}
        for each in error.problems
    ]
    return _refused(422, {"problems": problems}, language)


@app.exception_handler(commed.CommedError)
def refused(request: Request, error: commed.CommedError) -> Response:
    """Answer what cannot be asked: an indicator that is unknown, a division not recorded."""
    language = preferred(request.headers.get("accept-language", ""))
    code = 404 if isinstance(error, LookupError) else 422
    return _refused(code, {"message": error.told(language)}, language)


@app.exception_handler(NotKept)
def not_kept(_: Request, error: NotKept) -> Response:
    return JSONResponse({"message": f"no register {error}"}, 404)


@app.exception_handler(UnicodeDecodeError)
def not_utf8(_: Request, error: UnicodeDecodeError) -> Response:
    return JSONResponse({"message": f"expected UTF-8: {error.reason}"}, 400)


def _refused(code: int, content: dict[str, Any], language: str) -> Response:
    return JSONResponse(content, code, headers={"Content-Language": language})
