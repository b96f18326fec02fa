"""
Suites of three SDKs, recorded against pipit and against moto (PIPIT_THROUGH=moto), and played to each of them in other
ways than they were recorded: every run has ids and times of its own. In a virtual environment of an old botocore, boto3
speaks the query protocol, and plays what the JavaScript SDK has recorded in JSON.
"""

import subprocess

import pytest

import replay_lab
from replay_suites import AWS, SDKS

replay_lab.only_where_it_is_recorded()

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
def lab(tmp_path_factory):
    with replay_lab.running_lab(tmp_path_factory.mktemp("fixtures")) as running:
        yield running


def recorded(lab, sdk, suite, times=1):
    return lab.recorded(f"{sdk}-{times}/{suite}", lambda url: SDKS[sdk](url, suite))


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
def test_what_one_sdk_has_recorded_is_played_to_another(lab, recorder, suite, player, variation):
    needs(recorder, player)
    fixture = recorded(lab, recorder, suite)
    lab.play(fixture, lambda url: SDKS[player](url, suite, **VARIATIONS[suite][variation]))


@pytest.mark.parametrize(("sdk", "suite"), RECORDED)
def test_two_recordings_have_no_difference(lab, sdk, suite):
    needs(sdk)
    first, second = (lab.path(recorded(lab, sdk, suite, times)) for times in (1, 2))
    assert subprocess.run(["diff", first, second], capture_output=True, text=True).stdout == ""
