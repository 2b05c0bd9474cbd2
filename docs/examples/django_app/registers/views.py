"""The registers as JSON."""

from datetime import date

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_http_methods

import commed
from commed.codec import register_in
from registers.models import Record


@require_http_methods(["GET", "PUT"])
def register(request: HttpRequest, name: str) -> HttpResponseBase:
    if request.method == "PUT":
        return _put(request, name)
    return JsonResponse(get_object_or_404(Record, name=name).document)


@permission_required(["registers.add_record", "registers.change_record"], raise_exception=True)
def _put(request: HttpRequest, name: str) -> HttpResponse:
    document = commed.dump_register(register_in(request.body.decode()))
    Record.objects.update_or_create(name=name, defaults={"document": document})
    return HttpResponse(status=204)


@require_GET
def assessment(request: HttpRequest, name: str, instrument: str) -> HttpResponse:
    try:
        on = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return JsonResponse({"message": "say the day to judge, as ?on=2019-04-26"}, status=400)
    record = get_object_or_404(Record, name=name)
    found = commed.assess(record.register, commed.instrument(instrument), on=on)
    return JsonResponse(commed.dump_assessment(found))
