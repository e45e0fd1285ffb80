# The ledger under gunicorn. Behind a mirror: docker build --build-arg PIP_INDEX_URL=… --build-arg NPM_CONFIG_REGISTRY=…

FROM python:3.12-slim AS build
ARG PIP_INDEX_URL
ARG NPM_CONFIG_REGISTRY
WORKDIR /app
# First what changes seldom: the locked packages and the front-end files, each checked against its hash.
COPY dev.py package.json package-lock.json ./
COPY workshop workshop
COPY requirements requirements
COPY static/assets.json static/assets.json
RUN python dev.py setup || { cat var/setup.log; exit 1; }
COPY . .
RUN python dev.py setup || { cat var/setup.log; exit 1; }
RUN DJANGO_SECRET_KEY=only-to-collect-the-files .venv/bin/python manage.py collectstatic --noinput \
    && .venv/bin/python -m compileall -q accounts config flows workflow \
    && rm -f var/setup.log var/setup.lock

FROM python:3.12-slim
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DUBAN_BIND=0.0.0.0:8000 \
    DUBAN_VAR_DIR=/app/var
WORKDIR /app
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin duban
COPY --from=build /app /app
# The volumes take over the owner of these folders; all else stays root's and cannot be changed from inside.
RUN install -d -o duban -g duban -m 0750 var/evidence var/seal
USER duban
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "config.probe"]
ENTRYPOINT ["sh", "docker-entrypoint.sh"]
CMD ["gunicorn", "--config", "config/server.py", "config.wsgi"]
