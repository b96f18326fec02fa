"""Suites as people have them (replay_stories.py): recorded twice without a difference, and played in other ways."""

import subprocess

import pytest

import replay_lab
from replay_stories import PROVISIONS, STORIES, Vary, dead_letters_and_back, groups_in_order, partial_failures
from replay_suites import client

replay_lab.only_where_it_is_recorded()

DECLARED = ["--tokens", "queue=^orders-[a-z0-9]{5}$", "--volatile"]
DECLARED += ["SendMessage.MessageBody.sig,ChangeMessageVisibility.VisibilityTimeout"]

# They fail in the same way without a gateway between.
NOT_OF_MOTO = {
    dead_letters_and_back: "moto differs: StartMessageMoveTask answers 500",
    groups_in_order: "moto differs: a duplicate has an id of its own",
    partial_failures: "moto differs: it takes a bad entry for a good one",
}

VARIATIONS = {
    "as recorded": Vary(),
    "one message each time": Vary(most=1),
    "four workers, ten messages each time": Vary(workers=4, most=10),
    "three more polls, none of them long": Vary(polls=3, waits=0),
    "one worker, in another order": Vary(workers=1, shuffled=True),
}


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with replay_lab.running_lab(tmp_path_factory.mktemp("fixtures"), *DECLARED) as running:
        yield running


def recorded(lab, story, times=1):
    if replay_lab.UPSTREAM == "moto" and story in NOT_OF_MOTO:
        pytest.skip(NOT_OF_MOTO[story])
    provision = PROVISIONS.get(story, lambda sqs: None)
    suite = lambda url: story(client(url), Vary())
    return lab.recorded(f"{story.__name__}/{times}", suite, lambda url: provision(client(url)))


def name_of(value):
    return getattr(value, "__name__", None)


@pytest.mark.parametrize("story", STORIES, ids=name_of)
def test_two_recordings_have_no_difference(lab, story):
    first, second = (lab.path(recorded(lab, story, times)) for times in (1, 2))
    assert subprocess.run(["diff", first, second], capture_output=True, text=True).stdout == ""


@pytest.mark.parametrize("variation", VARIATIONS)
@pytest.mark.parametrize("story", STORIES, ids=name_of)
def test_it_is_played_in_another_way(lab, story, variation):
    lab.play(recorded(lab, story), lambda url: story(client(url), VARIATIONS[variation]))
