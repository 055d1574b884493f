"""What the product is measured against: Django views that do the same writes and the same look-up, and nothing else."""

from __future__ import annotations

import json
import os

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from psychsafety_xblock.core.activities.choice import ITEM
from psychsafety_xblock.demo.urls import urlpatterns as demo_urls
from psychsafety_xblock.models import Ballot, Note, Tally, random_key


@csrf_exempt
@transaction.non_atomic_requests
def answer(request: HttpRequest) -> HttpResponse:
    """One row in each of the two tables, in one transaction, by the ORM; nothing is asked or checked."""
    body = json.loads(request.body)
    round_id = int(body["round"])
    with transaction.atomic():
        Ballot.objects.create(id=random_key(), round_id=round_id, purpose=Ballot.Purpose.ANSWER)
        Note.objects.create(round_id=round_id, text=body["answer"]["text"])
    return JsonResponse({"counted": True}, status=202)


@csrf_exempt
@transaction.non_atomic_requests
def count(request: HttpRequest) -> HttpResponse:
    """The same for a pulse or a choice: one row, and a counter moved for each item that is answered."""
    body = json.loads(request.body)
    round_id, given = int(body["round"]), body["answer"]
    cells = given["ratings"].items() if "ratings" in given else [(ITEM, given["option"])]
    with transaction.atomic():
        Ballot.objects.create(id=random_key(), round_id=round_id, purpose=Ballot.Purpose.ANSWER)
        for item, option in sorted(cells):
            Tally.objects.filter(round_id=round_id, item=item, option=str(option)).update(n=F("n") + 1)
    return JsonResponse({"counted": True}, status=202)


@csrf_exempt
@transaction.non_atomic_requests
def poll(request: HttpRequest) -> HttpResponse:
    """304 when the version in the cache is the one that the caller holds."""
    version = cache.get("bare-version")
    if request.headers.get("If-None-Match") == f'"{version}"':
        response = HttpResponse(status=304)
        response["ETag"] = f'"{version}"'
        return response
    response = JsonResponse({"version": version})
    response["ETag"] = f'"{version}"'
    return response


@transaction.non_atomic_requests
def process(request: HttpRequest) -> HttpResponse:
    """Which server process answers, so that the load can be spread evenly over all."""
    return JsonResponse({"pid": os.getpid()})


urlpatterns = [
    path("bare/answers", answer),
    path("bare/counts", count),
    path("bare/poll", poll),
    path("bare/process", process),
    *demo_urls,
]
