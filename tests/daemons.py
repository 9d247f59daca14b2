"""Servers that stand beside a backend in production, run for real: Redis and nginx."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backends import free_port

NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  upstream backend {{ {servers} keepalive 16; }}
  server {{
    listen 127.0.0.1:{port};
    location /_wasmrx/ {{
      proxy_pass http://backend;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_buffering off;
    }}
  }}
}}
"""


@contextmanager
def running(command: list[str | Path], port: int, log: Path) -> Iterator[None]:
    """Run a server until it is no longer needed."""
    with log.open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=written)
    try:
        end = time.monotonic() + 60
        while not answers(port):
            assert process.poll() is None and time.monotonic() < end, log.read_text()
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(30)


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@contextmanager
def running_redis(folder: Path, port: int = 0) -> Iterator[str]:
    """Run a Redis on a port, by default a free one; yield its URL."""
    port = port or free_port()
    options = ("--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder)
    command = ["redis-server", "--port", str(port), *options]
    with running(command, port, folder / "redis.log"):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def running_nginx(folder: Path, *ports: int) -> Iterator[str]:
    """Run an nginx before backends, as the documentation says; yield its origin."""
    port = free_port()
    servers = " ".join(f"server 127.0.0.1:{each} max_fails=0;" for each in ports)
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, port=port, servers=servers))
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    log = folder / "nginx.out"
    with running([nginx, "-c", settings, "-e", folder / "nginx.log"], port, log):
        yield f"http://127.0.0.1:{port}"
