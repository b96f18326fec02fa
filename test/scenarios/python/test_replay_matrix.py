"""
Suites of three SDKs, recorded against pipit and against moto (PIPIT_THROUGH=moto), and played to each of them in other
ways than they were recorded: every run has ids and times of its own. In a virtual environment of an old botocore, boto3
speaks the query protocol, and plays what the JavaScript SDK has recorded in JSON.
"""

import itertools
import json
import os
import subprocess
import urllib.error
import urllib.request

import pytest

from gateway import Gateway
from replay_suites import AWS, SDKS

THROUGH = os.environ.get("PIPIT_THROUGH", "")
UPSTREAM = {"": "pipit", "moto": "moto"}.get(THROUGH)
if UPSTREAM is None or os.environ.get("THROUGH_MONITOR") == "1":
    pytest.skip("recordings are made against pipit and against moto", allow_module_level=True)
if UPSTREAM == "moto":
    pytest.importorskip("moto", reason="moto is not installed here")

# Who records what. A client that starts a process for each call has shorter suites.
RECORDED = [("boto3", "checkout"), ("javascript", "checkout"), ("cli", "checkout")]
RECORDED += [("boto3", "rush"), ("javascript", "rush"), ("boto3", "jobs"), ("cli", "jobs")]

# By suite: how it is played, and by whom.
VARIATIONS = {
    "checkout": {
        "as recorded": {},
        "three more polls, none of them long": {"polls": 3, "waits": 0},
        "one message each time": {"most": 1},
    },
    "rush": {
        "as recorded": {},
        "four workers": {"workers": 4},
        "one worker, one message each time": {"workers": 1, "most": 1},
        "backwards, ten messages each time": {"backwards": True, "most": 10, "workers": 3},
    },
    "jobs": {"four workers": {"workers": 4}, "one message each time": {"most": 1}},
}
PLAYERS = {"checkout": ["boto3", "javascript", "cli"], "rush": ["boto3", "javascript"], "jobs": ["boto3", "cli"]}


@pytest.fixture(scope="module")
def upstream():
    if UPSTREAM == "pipit":
        far = Gateway()
        yield far.url, far.url + "/_pipit/reset", "/sqs"
        assert far.stop() == 0
        return
    from moto.server import ThreadedMotoServer

    far = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    far.start()
    host, port = far.get_host_and_port()
    yield f"http://{host}:{port}", f"http://{host}:{port}/moto-api/reset", ""
    far.stop()


@pytest.fixture(scope="module")
def gateway(upstream, tmp_path_factory):
    url, _, path = upstream
    folder = tmp_path_factory.mktemp("fixtures")
    running = Gateway("--upstream", url + path, "--fixtures", str(folder))
    running.folder = folder
    yield running
    # Everything was played to its end, and nothing else was asked.
    assert running.stop() == 0, "".join(running.printed)


def post(url, body=None):
    data = json.dumps(body).encode() if body is not None else b""
    request = urllib.request.Request(url, data=data, method="POST")
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def session(gateway, mode, fixture, name):
    status, told = post(gateway.url + "/_pipit/sessions", {"name": name, "mode": mode, "fixture": fixture})
    assert status == 201, told
    return f"{gateway.url}/s/{name}"


def end(url, name):
    urllib.request.urlopen(urllib.request.Request(f"{url}/_pipit/sessions/{name}", method="DELETE")).read()


_recorded = set()
_numbers = itertools.count(1)


def recorded(gateway, upstream, sdk, suite, times=1):
    """The fixture of a suite; recorded when it is first asked for."""
    fixture = f"{sdk}-{times}/{suite}"
    if fixture not in _recorded:
        post(upstream[1])
        name = f"record-{sdk}-{suite}-{times}"
        SDKS[sdk](session(gateway, "record", fixture, name) + "/sqs/", suite)
        end(gateway.url, name)
        _recorded.add(fixture)
    return fixture


def needs(*sdks):
    if "cli" in sdks and AWS is None:
        pytest.skip("the AWS CLI is not installed here")


CELLS = [
    pytest.param(recorder, suite, player, variation, id=f"{suite} of {recorder} to {player}: {variation}")
    for recorder, suite in RECORDED
    for player in PLAYERS[suite]
    for variation in VARIATIONS[suite]
    # One cell is enough where every call starts a process.
    if "cli" not in (recorder, player) or recorder == player or variation == next(iter(VARIATIONS[suite]))
]


@pytest.mark.parametrize(("recorder", "suite", "player", "variation"), CELLS)
def test_what_one_sdk_has_recorded_is_played_to_another(gateway, upstream, recorder, suite, player, variation):
    needs(recorder, player)
    fixture = recorded(gateway, upstream, recorder, suite)
    name = f"play-{next(_numbers)}"
    url = session(gateway, "replay", fixture, name)
    SDKS[player](url + "/sqs/", suite, **VARIATIONS[suite][variation])
    status, told = post(url + "/_pipit/replay/verify")
    assert status == 200, told


@pytest.mark.parametrize(("sdk", "suite"), RECORDED)
def test_two_recordings_have_no_difference(gateway, upstream, sdk, suite):
    needs(sdk)
    first, second = (gateway.folder / recorded(gateway, upstream, sdk, suite, times) for times in (1, 2))
    differs = subprocess.run(["diff", f"{first}.json", f"{second}.json"], capture_output=True, text=True)
    assert differs.stdout == ""
