"""Queues: made, found, changed, tagged, shared, deleted."""

import json

import pytest


def test_create_is_idempotent_for_the_same_attributes_only(sqs, name):
    made = sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "5"})["QueueUrl"]
    assert made.endswith(f"/sqs/000000000000/{name}")
    assert sqs.create_queue(QueueName=name)["QueueUrl"] == made
    assert sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "5"})["QueueUrl"] == made
    with pytest.raises(sqs.exceptions.QueueNameExists):
        sqs.create_queue(QueueName=name, Attributes={"VisibilityTimeout": "6"})


def test_a_queue_is_found_by_name_and_listed_by_prefix(sqs, queue, name):
    assert sqs.get_queue_url(QueueName=name)["QueueUrl"] == queue
    assert sqs.list_queues(QueueNamePrefix=name)["QueueUrls"] == [queue]
    assert "QueueUrls" not in sqs.list_queues(QueueNamePrefix=f"{name}-and-more")


def test_listing_pages_through_all_queues_once(sqs):
    made = {sqs.create_queue(QueueName=f"paged-{n}")["QueueUrl"] for n in range(5)}
    pages = list(sqs.get_paginator("list_queues").paginate(QueueNamePrefix="paged-", PaginationConfig={"PageSize": 2}))
    assert [len(page["QueueUrls"]) for page in pages] == [2, 2, 1]
    assert {url for page in pages for url in page["QueueUrls"]} == made


def test_attributes_have_their_defaults_and_can_be_changed(sqs, queue, name):
    attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert attributes | {
        "VisibilityTimeout": "30",
        "DelaySeconds": "0",
        "MaximumMessageSize": "1048576",
        "MessageRetentionPeriod": "345600",
        "ReceiveMessageWaitTimeSeconds": "0",
        "SqsManagedSseEnabled": "true",
        "QueueArn": f"arn:aws:sqs:moon-base-alpha:000000000000:{name}",
    } == attributes
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "0", "DelaySeconds": "900"})
    asked = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["VisibilityTimeout", "DelaySeconds"])
    assert asked["Attributes"] == {"VisibilityTimeout": "0", "DelaySeconds": "900"}
    assert "Attributes" not in sqs.get_queue_attributes(QueueUrl=queue)


def test_tags_are_set_at_creation_added_overwritten_and_removed(sqs, name):
    queue = sqs.create_queue(QueueName=name, tags={"team": "moon"})["QueueUrl"]
    sqs.tag_queue(QueueUrl=queue, Tags={"Team": "base", "team": "alpha", "empty": ""})
    assert sqs.list_queue_tags(QueueUrl=queue)["Tags"] == {"team": "alpha", "Team": "base", "empty": ""}
    sqs.untag_queue(QueueUrl=queue, TagKeys=["team", "Team", "empty", "never-there"])
    assert "Tags" not in sqs.list_queue_tags(QueueUrl=queue)


def test_permissions_become_the_policy_and_leave_it(sqs, queue):
    def policy():
        return sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["Policy"]).get("Attributes")

    sqs.add_permission(QueueUrl=queue, Label="send", AWSAccountIds=["111111111111"], Actions=["SendMessage"])
    (statement,) = json.loads(policy()["Policy"])["Statement"]
    assert statement["Sid"] == "send"
    assert statement["Action"] == "SQS:SendMessage"
    assert statement["Principal"] == {"AWS": "arn:aws:iam::111111111111:root"}
    sqs.remove_permission(QueueUrl=queue, Label="send")
    assert policy() is None


def test_a_deleted_queue_is_gone_and_may_be_made_again(sqs, queue, name):
    sqs.send_message(QueueUrl=queue, MessageBody="lost with its queue")
    sqs.delete_queue(QueueUrl=queue)
    with pytest.raises(sqs.exceptions.QueueDoesNotExist):
        sqs.send_message(QueueUrl=queue, MessageBody="too late")
    assert sqs.create_queue(QueueName=name)["QueueUrl"] == queue
    assert "Messages" not in sqs.receive_message(QueueUrl=queue)


def test_regions_and_accounts_do_not_see_each_other(connect, name):
    here = connect(region="moon-base-alpha")
    elsewhere = connect(region="mock-region")
    other_account = connect(key="123456789012")
    here.create_queue(QueueName=name)
    for other in (elsewhere, other_account):
        with pytest.raises(other.exceptions.QueueDoesNotExist):
            other.get_queue_url(QueueName=name)
    assert other_account.create_queue(QueueName=name)["QueueUrl"].endswith(f"/123456789012/{name}")


@pytest.mark.parametrize("region", ["moon-base-alpha", "mock-region", "eu-central-1"])
def test_a_declared_queue_is_there_in_every_region(connect, region):
    client = connect(region=region)
    url = client.get_queue_url(QueueName="declared")["QueueUrl"]
    attributes = client.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert attributes["VisibilityTimeout"] == "7"
    assert attributes["QueueArn"] == f"arn:aws:sqs:{region}:000000000000:declared"
    assert url in client.list_queues()["QueueUrls"]


def test_the_queue_url_names_the_address_that_the_client_used(connect, gateway, name):
    by_path, at_root = connect(path="/sqs/"), connect(path="/")
    assert by_path.create_queue(QueueName=name)["QueueUrl"] == f"{gateway.url}/sqs/000000000000/{name}"
    assert at_root.get_queue_url(QueueName=name)["QueueUrl"] == f"{gateway.url}/000000000000/{name}"


@pytest.mark.parametrize(
    "form",
    [
        "{name}",
        "http://pipit:3000/sqs/000000000000/{name}",
        "https://sqs.moon-base-alpha.amazonaws.com/000000000000/{name}",
        "http://localhost:4566/queue/moon-base-alpha/000000000000/{name}",
    ],
)
def test_a_queue_is_found_by_every_form_of_its_url(sqs, queue, name, receive, form):
    sqs.send_message(QueueUrl=form.format(name=name), MessageBody=form)
    assert [message["Body"] for message in receive()] == [form]
