"""A gateway that records sessions against pipit or moto, and plays what it has recorded to others."""

import itertools
import json
import os
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from gateway import Gateway

# Which server the recordings are made against; None where another run of the scenarios has them.
UPSTREAM = {"": "pipit", "moto": "moto"}.get(os.environ.get("PIPIT_THROUGH", ""))
if os.environ.get("THROUGH_MONITOR") == "1":
    UPSTREAM = None

_numbers = itertools.count(1)


def only_where_it_is_recorded():
    if UPSTREAM is None:
        pytest.skip("recordings are made against pipit and against moto", allow_module_level=True)
    if UPSTREAM == "moto":
        pytest.importorskip("moto", reason="moto is not installed here")


class Lab:
    def __init__(self, gateway, folder, upstream_url, reset_url):
        self._gateway = gateway
        self._folder = folder
        self._upstream_url = upstream_url
        self._reset_url = reset_url
        self._recorded = set()

    def path(self, fixture):
        return self._folder / f"{fixture}.json"

    def recorded(self, fixture, suite, provision=lambda url: None):
        """
        Runs a suite when its fixture is first asked for, against an upstream that knows nothing but what `provision` has
        told it behind the gateway's back. Answers the fixture's name.
        """
        if fixture not in self._recorded:
            post(self._reset_url)
            provision(self._upstream_url)
            name, url = self._session("record", fixture)
            suite(url + "/sqs/")
            delete = urllib.request.Request(f"{self._gateway.url}/_pipit/sessions/{name}", method="DELETE")
            urllib.request.urlopen(delete).close()
            self._recorded.add(fixture)
        return fixture

    def play(self, fixture, suite):
        """All that was recorded is asked for, and nothing else."""
        _, url = self._session("replay", fixture)
        try:
            suite(url + "/sqs/")
        except BaseException:
            print(post(url + "/_pipit/replay/verify")[1])
            raise
        status, told = post(url + "/_pipit/replay/verify")
        assert status == 200, told

    def _session(self, mode, fixture):
        name = f"{mode}-{next(_numbers)}"
        status, told = post(self._gateway.url + "/_pipit/sessions", {"name": name, "mode": mode, "fixture": fixture})
        assert status == 201, told
        return name, f"{self._gateway.url}/s/{name}"


def post(url, body=None):
    data = b"" if body is None else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=data, method="POST")) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@contextmanager
def running_lab(folder, *arguments):
    with _upstream() as (url, reset_url):
        gateway = Gateway("--upstream", url, "--fixtures", str(folder), *arguments)
        try:
            yield Lab(gateway, folder, url, reset_url)
        finally:
            code = gateway.stop()
        assert code == 0, "".join(gateway.printed)


@contextmanager
def _upstream():
    if UPSTREAM == "pipit":
        far = Gateway()
        yield far.url + "/sqs", far.url + "/_pipit/reset?scope=all"
        assert far.stop() == 0
        return
    from moto.server import ThreadedMotoServer

    far = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    far.start()
    host, port = far.get_host_and_port()
    yield f"http://{host}:{port}", f"http://{host}:{port}/moto-api/reset"
    far.stop()
