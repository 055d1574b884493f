"""The demo as a Django app, so that its templates and static files are found in demo runs only."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the blocks of the course in each process, without writing anything."""

    name = "psychsafety_xblock.demo"
    label = "psychsafety_demo"
    verbose_name = "Demo course"

    def ready(self) -> None:
        import workbench.views

        from psychsafety_xblock.demo.runtime import CourseRuntime, register_course

        register_course()
        # The workbench's handler view names its runtime class and has no setting for it.
        workbench.views.WorkbenchRuntime = CourseRuntime
