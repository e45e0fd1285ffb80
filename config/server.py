"""How gunicorn serves the ledger: `gunicorn --config config/server.py config.wsgi`."""

import os
from pathlib import Path

bind = os.environ.get("DUBAN_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("DUBAN_WORKERS", "2"))
threads = int(os.environ.get("DUBAN_THREADS", "8"))
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 20_000  # a slow leak ends with its process
max_requests_jitter = 2_000
accesslog = os.environ.get("DUBAN_ACCESS_LOG") or None
loglevel = os.environ.get("DUBAN_SERVER_LOG_LEVEL", "info")
control_socket_disable = True
if Path("/dev/shm").is_dir():  # noqa: S108 - the heartbeat file belongs in memory, not on a disk that may stall
    worker_tmp_dir = "/dev/shm"  # noqa: S108
