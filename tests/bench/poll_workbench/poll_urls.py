"""The workbench's own URLs, and the one by which the load finds each server process."""

import os

from django.http import JsonResponse
from django.urls import path
from workbench.urls import urlpatterns as workbench_urls


def process(request):
    """Which server process answers."""
    return JsonResponse({"pid": os.getpid()})


urlpatterns = [path("bare/process", process), *workbench_urls]
