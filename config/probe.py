"""The health check from beside the server: `python -m config.probe` ends with 0 when /healthz says ok."""

import os
import sys
import urllib.error
import urllib.request

SECONDS = 5


def question(environment: dict[str, str]) -> urllib.request.Request:
    """The request to make: to the port served here, under a host name that the settings allow."""
    port = environment.get("DUBAN_BIND", "127.0.0.1:8000").rpartition(":")[2]
    allowed = environment.get("DJANGO_ALLOWED_HOSTS", "").split(",")[0].strip()
    host = allowed.lstrip(".") if allowed not in ("", "*") else "127.0.0.1"
    return urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": host})


def main() -> int:
    """Ask once; 0 for a healthy server, 1 and one line for any other."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(question(dict(os.environ)), timeout=SECONDS) as answer:
            answer.read()
    except (urllib.error.URLError, OSError) as why:
        sys.stderr.write(f"unhealthy: {why}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
