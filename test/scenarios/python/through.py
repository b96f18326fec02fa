"""The same suite through a gateway that forwards, by PIPIT_THROUGH:

    forward    to another pipit
    aws        to an endpoint that accepts right signatures only, under AWS's host names
    moto       to moto

What cannot be the same is listed here by name, with its reason.
"""

import os
from contextlib import ExitStack, contextmanager

import pytest

from fake_aws import KEY, fake_aws
from gateway import Gateway

THROUGH = os.environ.get("PIPIT_THROUGH", "")

ONE_ACCOUNT = "the gateway's sessions are not the upstream's: behind it there is one account for all"
NOT_MOTO = "moto differs: "
ERRORS = "test_an_error_has_its_code_shape_and_status"

# By what a test's name begins with, or by its module.
DIFFERENT = {
    "forward": {
        "test_two_sessions_never_meet[path]": ONE_ACCOUNT,
        "test_a_session_that_was_made_says_how_to_reach_it": ONE_ACCOUNT,
    },
    "aws": {
        "test_two_sessions_never_meet[path]": ONE_ACCOUNT,
        "test_two_sessions_never_meet[access key]": "the request bears the key of whoever runs pipit",
        "test_regions_and_accounts_do_not_see_each_other": "the request bears the key of whoever runs pipit",
        "test_a_session_that_was_made_says_how_to_reach_it": ONE_ACCOUNT,
    },
    # All of them fail in the same way without a gateway between.
    "moto": {
        "test_two_sessions_never_meet": ONE_ACCOUNT,
        "test_a_session_that_was_made_says_how_to_reach_it": ONE_ACCOUNT,
        "test_peek": "moto's queues are not looked at as pipit's are",
        "test_a_declared_queue_is_there_in_every_region": "queues are declared to pipit, not to moto",
        "test_a_presigned_address_carries_its_region": "queues are declared to pipit, not to moto",
        "test_a_batch_is_sent_hidden_and_deleted": NOT_MOTO + "it writes lists that are empty",
        "test_tags_are_set_at_creation": NOT_MOTO + "it writes maps that are empty",
        "test_a_bad_entry_fails_alone": NOT_MOTO + "it takes a bad entry for a good one",
        ERRORS + "[create_queue": NOT_MOTO + "shapes of errors, and what an attribute may be",
        ERRORS + "[send_message-parameters5": NOT_MOTO + "it takes an empty body",
        ERRORS + "[send_message-parameters6": NOT_MOTO + "it takes characters that XML cannot say",
        ERRORS + "[send_message-parameters7": NOT_MOTO + "shapes of errors",
        ERRORS + "[send_message-parameters8": NOT_MOTO + "shapes of errors",
        ERRORS + "[receive_message": NOT_MOTO + "shapes of errors",
        ERRORS + "[delete_message": NOT_MOTO + "the status of an invalid handle",
        "test_visibility_of_a_deleted_message_cannot_be_changed": NOT_MOTO + "the text of the error",
        "test_the_same_message_twice_is_one": NOT_MOTO + "the second answer has no sequence number",
        "test_what_is_received_too_often": NOT_MOTO + "StartMessageMoveTask answers 500",
        "test_system_attributes_tell_the_story": NOT_MOTO + "there is no MD5 of system attributes",
        "test_deleting_the_queue_ends_its_long_polls": NOT_MOTO + "they wait to the end",
        "test_purge_empties_the_queue_of_everything": NOT_MOTO + "a second purge within 60 seconds is refused",
        "test_regions_and_accounts": NOT_MOTO + "an access key is no account",
        "test_a_queue_takes_and_gives_messages_by_get": NOT_MOTO + "a queue's path takes no GET",
        "test_the_same_address_answers_json": NOT_MOTO + "a queue's path takes no GET",
        "test_an_error_is_xml_with_its_code": NOT_MOTO + "a queue's path takes no GET",
    },
}


@contextmanager
def running_gateway(**env):
    """What clients speak to, with `control_url`, where the messages are."""
    with ExitStack() as stack:
        if THROUGH == "":
            front = stack.enter_context(running(Gateway(**env)))
            front.control_url = front.url
        else:
            upstream, front_env, control_url = stack.enter_context(UPSTREAMS[THROUGH](env))
            arguments = ["--mode", "sqs=forward", "--upstream", upstream]
            front = stack.enter_context(running(Gateway(*arguments, **front_env)))
            front.control_url = control_url
        yield front


@contextmanager
def running(gateway):
    try:
        yield gateway
    finally:
        assert gateway.stop() == 0, "the gateway ended badly:\n" + "".join(gateway.printed)


@contextmanager
def another_pipit(env):
    with running(Gateway(**env)) as back:
        yield back.url, {}, back.url


@contextmanager
def aws(env):
    with running(Gateway(**env)) as back, fake_aws(back.url) as far:
        yield f"{far.url}?sign", KEY | {"AWS_EC2_METADATA_DISABLED": "true"}, back.url


@contextmanager
def moto(_env):
    # The suite's regions are made up, and its account is pipit's own.
    os.environ.update(MOTO_ALLOW_NONEXISTENT_REGION="true", MOTO_ACCOUNT_ID="000000000000")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}", {}, None
    finally:
        server.stop()


UPSTREAMS = {"forward": another_pipit, "aws": aws, "moto": moto}


def leave_out(items):
    for item in items:
        for name, reason in DIFFERENT.get(THROUGH, {}).items():
            if item.name.startswith(name) or item.module.__name__ == name:
                item.add_marker(pytest.mark.skip(reason=reason))
