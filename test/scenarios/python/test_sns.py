"""SNS, the example of a plugin: what is published to a topic is received from queues, by boto3."""

import json
import urllib.request

import boto3
import pytest
from botocore.config import Config

from gateway import Gateway


@pytest.fixture(scope="module")
def pipit():
    running = Gateway(PIPIT_PLUGINS="examples/sns")
    yield running
    assert running.stop() == 0, "".join(running.printed)


def client_in(pipit, session, service, attempts=1):
    return boto3.client(
        service,
        endpoint_url=f"{pipit.url}/s/{session}/{service}/",
        region_name="moon-base-alpha",
        aws_access_key_id="any",
        aws_secret_access_key="any",
        config=Config(retries={"total_max_attempts": attempts, "mode": "standard"}),
    )


@pytest.fixture
def clients(pipit, name):
    """SNS and SQS in a session of the test's own."""
    return lambda service, attempts=1: client_in(pipit, name, service, attempts)


@pytest.fixture
def sns(clients):
    return clients("sns")


@pytest.fixture
def sqs(clients):
    return clients("sqs")


@pytest.fixture
def topic(sns):
    return sns.create_topic(Name="orders")["TopicArn"]


@pytest.fixture
def subscribe(sns, sqs, topic):
    """A queue that is subscribed, and what it has received."""

    def subscribed(name, **attributes):
        url = sqs.create_queue(QueueName=name)["QueueUrl"]
        arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=attributes)

        def receive():
            answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
            return answer.get("Messages", [])

        return receive

    return subscribed


def test_a_topic_tells_two_queues(sns, topic, subscribe):
    raw = subscribe("raw", RawMessageDelivery="true")
    filtered = subscribe("filtered", FilterPolicy=json.dumps({"price": [{"numeric": [">", 100]}]}))
    for price in ["5", "500"]:
        sns.publish(
            TopicArn=topic,
            Message=f"costs {price}",
            Subject="Orders",
            MessageAttributes={"price": {"DataType": "Number", "StringValue": price}},
        )
    assert [(m["Body"], m["MessageAttributes"]["price"]["StringValue"]) for m in raw()] == [
        ("costs 5", "5"),
        ("costs 500", "500"),
    ]
    (message,) = filtered()
    notification = json.loads(message["Body"])
    assert notification["Type"] == "Notification"
    assert notification["TopicArn"] == topic
    assert notification["Subject"] == "Orders"
    assert notification["Message"] == "costs 500"
    assert notification["MessageAttributes"] == {"price": {"Type": "Number", "Value": "500"}}


def test_a_batch(sns, topic, subscribe):
    receive = subscribe("raw", RawMessageDelivery="true")
    entries = [{"Id": str(n), "Message": f"message {n}"} for n in range(10)]
    answer = sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=entries)
    assert [each["Id"] for each in answer["Successful"]] == [entry["Id"] for entry in entries]
    assert [message["Body"] for message in receive()] == [entry["Message"] for entry in entries]


def test_attributes_lists_and_the_end(sns, topic, subscribe):
    subscribe("raw")
    sns.set_topic_attributes(TopicArn=topic, AttributeName="DisplayName", AttributeValue="Orders")
    attributes = sns.get_topic_attributes(TopicArn=topic)["Attributes"]
    assert attributes["DisplayName"] == "Orders" and attributes["SubscriptionsConfirmed"] == "1"
    assert sns.list_topics()["Topics"] == [{"TopicArn": topic}]
    (subscription,) = sns.list_subscriptions()["Subscriptions"]
    arn = subscription["SubscriptionArn"]
    assert sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]["RawMessageDelivery"] == "false"
    sns.unsubscribe(SubscriptionArn=arn)
    assert sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"] == []
    sns.delete_topic(TopicArn=topic)
    with pytest.raises(sns.exceptions.NotFoundException, match="Topic does not exist"):
        sns.publish(TopicArn=topic, Message="to nobody")


def test_errors_are_those_of_the_model(sns, topic):
    with pytest.raises(sns.exceptions.InvalidParameterException, match="Empty message"):
        sns.publish(TopicArn=topic, Message="")
    with pytest.raises(sns.exceptions.InvalidParameterException, match="does not support this protocol string"):
        sns.subscribe(TopicArn=topic, Protocol="pigeon", Endpoint="x")


def test_a_lost_acknowledgement_makes_a_duplicate(pipit, name, clients, topic, subscribe):
    receive = subscribe("raw", RawMessageDelivery="true")
    rule = {"id": "lost", "on": {"service": "sns", "operation": "Publish"}, "when": {"first": 1}, "do": {"reset": "after-commit"}}
    request = urllib.request.Request(
        f"{pipit.url}/s/{name}/_pipit/faults", data=json.dumps(rule).encode(), method="POST"
    )
    assert urllib.request.urlopen(request).status == 201
    answer = clients("sns", attempts=3).publish(TopicArn=topic, Message="hello")
    assert answer["ResponseMetadata"]["RetryAttempts"] == 1
    assert [message["Body"] for message in receive()] == ["hello", "hello"]


def story(pipit, name):
    """A topic tells two queues in a session; all that comes is deleted."""
    sns, sqs = client_in(pipit, name, "sns"), client_in(pipit, name, "sqs")
    topic = sns.create_topic(Name="orders")["TopicArn"]
    policy = json.dumps({"price": [{"numeric": [">", 100]}]})
    queues = {"raw": {"RawMessageDelivery": "true"}, "filtered": {"FilterPolicy": policy}}
    urls = {queue: sqs.create_queue(QueueName=queue)["QueueUrl"] for queue in queues}
    for queue, attributes in queues.items():
        endpoint = f"arn:aws:sqs:moon-base-alpha:000000000000:{queue}"
        sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=endpoint, Attributes=attributes)
    for price in ["5", "500"]:
        attributes = {"price": {"DataType": "Number", "StringValue": price}}
        sns.publish(TopicArn=topic, Message=f"costs {price}", MessageAttributes=attributes)
    told = {}
    for queue, url in urls.items():
        answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
        for message in answer.get("Messages", []):
            body = message["Body"] if queue == "raw" else json.loads(message["Body"])["Message"]
            told.setdefault(queue, []).append(body)
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return told


def test_recorded_and_replayed_in_a_session(tmp_path):
    told = {"raw": ["costs 5", "costs 500"], "filtered": ["costs 500"]}

    def play(mode, upstream):
        config = {"fixtures": str(tmp_path), "mode": {"sns": mode, "sqs": mode}, "upstream": upstream}
        running = Gateway(PIPIT_PLUGINS="examples/sns", PIPIT_CONFIG_INLINE=json.dumps(config))
        try:
            assert story(running, "blue") == told
        finally:
            assert running.stop() == 0, "".join(running.printed)

    behind = Gateway(PIPIT_PLUGINS="examples/sns")
    try:
        play("record", behind.url)
    finally:
        assert behind.stop() == 0
    recorded = json.loads((tmp_path / "blue.json").read_text())
    assert {"CreateTopic", "Publish", "ReceiveMessage"} <= {entry["op"] for entry in recorded["entries"]}
    play("replay", "http://localhost:1")
