"""The same by hand: an endpoint of Starlette that checks its body with pydantic."""

from pydantic import BaseModel, ConfigDict
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


class Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Call(BaseModel):
    model_config = ConfigDict(extra="forbid")

    args: Arguments
    reads: Arguments


async def nothing(request: Request) -> JSONResponse:
    Call.model_validate_json(await request.body())
    return JSONResponse({"id": 0, "final": True})


app = Starlette(routes=[Route("/nothing", nothing, methods=["POST"])])
