"""What commed refuses, as answers that say why."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

import commed
from registers.documents import language


class RefusalMiddleware:
    """Answers a `CommedError`: 404 for what is not known, else 422 with every problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, _: HttpRequest, error: Exception) -> HttpResponse | None:
        zh = language() == "zh"
        if isinstance(error, commed.InvalidValue):
            problems = [
                {"path": each.path, "message": each.message_zh if zh else each.message}
                for each in error.problems
            ]
            return JsonResponse({"problems": problems}, status=422)
        if isinstance(error, commed.CommedError):
            code = 404 if isinstance(error, LookupError) else 422
            return JsonResponse({"message": error.told(language())}, status=code)
        if isinstance(error, UnicodeDecodeError):
            return JsonResponse({"message": f"expected UTF-8: {error.reason}"}, status=400)
        return None
