"""A Tutor plugin that installs psychsafety_xblock: copy it as psychsafety.py to where `tutor plugins printroot` says.

docs/admin.md says what comes after it. Tried with Tutor 22. Change with `tutor config save --set NAME=value`:

PSYCHSAFETY_PIP_REQUIREMENT  what pip installs, such as git+https://...; without it the image does not build, for a name
                             that we have not taken at a package index could be somebody else's package
PSYCHSAFETY_SETTINGS         the plugin's settings, as a mapping; docs/admin.md lists them
PSYCHSAFETY_RUN_REDIS        false where you have a Redis that does not persist; then set PSYCHSAFETY_REDIS_URL too
PSYCHSAFETY_PURGE_SECONDS    how often the purge runs with `tutor local` (once a day)
"""

from tutor import hooks

hooks.Filters.CONFIG_DEFAULTS.add_items(
    [
        ("PSYCHSAFETY_PIP_REQUIREMENT", ""),
        ("PSYCHSAFETY_SETTINGS", {}),
        ("PSYCHSAFETY_RUN_REDIS", True),
        ("PSYCHSAFETY_REDIS_URL", "redis://psychsafety-redis:6379/0"),
        ("PSYCHSAFETY_REDIS_IMAGE", "{{ DOCKER_IMAGE_REDIS }}"),
        ("PSYCHSAFETY_PURGE_SECONDS", 86400),
    ]
)

IMAGE = """
RUN --mount=type=cache,target=/openedx/.cache/pip,sharing=shared \\
    $PIP_COMMAND install '{{ PSYCHSAFETY_PIP_REQUIREMENT }}'
"""

SETTINGS = """
PSYCHSAFETY = {"CACHE": "psychsafety", **{{ PSYCHSAFETY_SETTINGS }}}
CACHES["psychsafety"] = {
    "BACKEND": "django.core.cache.backends.redis.RedisCache",
    "LOCATION": "{{ PSYCHSAFETY_REDIS_URL }}",
    "KEY_PREFIX": "psychsafety",
    "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
}
"""

#: Secrets of seats live here, and nothing of it may reach a disk: no snapshots, no append-only file, no volume.
LOCAL_SERVICES = """
{% if PSYCHSAFETY_RUN_REDIS %}
psychsafety-redis:
  image: {{ PSYCHSAFETY_REDIS_IMAGE }}
  command: ["redis-server", "--save", "", "--appendonly", "no",
            "--maxmemory", "128mb", "--maxmemory-policy", "noeviction"]
  tmpfs: ["/data"]
  restart: unless-stopped
{% endif %}
"""

#: Tutor has no cron: a container that sleeps between two runs. It is not part of `tutor dev`.
LOCAL_PURGE = """
psychsafety-purge:
  image: {{ DOCKER_IMAGE_OPENEDX }}
  environment:
    SERVICE_VARIANT: lms
    DJANGO_SETTINGS_MODULE: lms.envs.tutor.production
  command: ["sh", "-c", "while true; do ./manage.py lms psychsafety_purge; sleep {{ PSYCHSAFETY_PURGE_SECONDS }}; done"]
  restart: unless-stopped
  volumes:
    - ../apps/openedx/settings/lms:/openedx/edx-platform/lms/envs/tutor:ro
    - ../apps/openedx/settings/cms:/openedx/edx-platform/cms/envs/tutor:ro
    - ../apps/openedx/config:/openedx/config:ro
  depends_on:
    - lms
"""

LOCAL_DEPENDENCY = "{% if PSYCHSAFETY_RUN_REDIS %}- psychsafety-redis{% endif %}"

K8S_DEPLOYMENTS = """
{% if PSYCHSAFETY_RUN_REDIS %}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: psychsafety-redis
  labels:
    app.kubernetes.io/name: psychsafety-redis
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: psychsafety-redis
  strategy:
    type: Recreate
  template:
    metadata:
      labels:
        app.kubernetes.io/name: psychsafety-redis
    spec:
      containers:
        - name: redis
          image: {{ PSYCHSAFETY_REDIS_IMAGE }}
          args: ["redis-server", "--save", "", "--appendonly", "no",
                 "--maxmemory", "128mb", "--maxmemory-policy", "noeviction"]
          ports:
            - containerPort: 6379
{% endif %}
---
apiVersion: batch/v1
kind: CronJob
metadata:
  name: psychsafety-purge
spec:
  schedule: "17 3 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: purge
              image: {{ DOCKER_IMAGE_OPENEDX }}
              args: ["./manage.py", "lms", "psychsafety_purge"]
              env:
                - name: SERVICE_VARIANT
                  value: lms
                - name: DJANGO_SETTINGS_MODULE
                  value: lms.envs.tutor.production
              volumeMounts:
                - mountPath: /openedx/edx-platform/lms/envs/tutor/
                  name: settings-lms
                - mountPath: /openedx/edx-platform/cms/envs/tutor/
                  name: settings-cms
                - mountPath: /openedx/config
                  name: config
          volumes:
            - name: settings-lms
              configMap:
                name: openedx-settings-lms
            - name: settings-cms
              configMap:
                name: openedx-settings-cms
            - name: config
              configMap:
                name: openedx-config
"""

K8S_SERVICES = """
{% if PSYCHSAFETY_RUN_REDIS %}
---
apiVersion: v1
kind: Service
metadata:
  name: psychsafety-redis
spec:
  ports:
    - port: 6379
      protocol: TCP
  selector:
    app.kubernetes.io/name: psychsafety-redis
{% endif %}
"""

hooks.Filters.ENV_PATCHES.add_items(
    [
        ("openedx-dockerfile-post-python-requirements", IMAGE),
        ("openedx-common-settings", SETTINGS),
        ("local-docker-compose-services", LOCAL_SERVICES),
        ("local-docker-compose-prod-services", LOCAL_PURGE),
        ("local-docker-compose-lms-dependencies", LOCAL_DEPENDENCY),
        ("local-docker-compose-cms-dependencies", LOCAL_DEPENDENCY),
        ("k8s-deployments", K8S_DEPLOYMENTS),
        ("k8s-services", K8S_SERVICES),
    ]
)

#: Run by `tutor local launch`, and by `tutor local do init`.
hooks.Filters.CLI_DO_INIT_TASKS.add_item(("lms", "./manage.py lms migrate psychsafety_xblock"))
