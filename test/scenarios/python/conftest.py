import itertools

import boto3
import pytest
from botocore.config import Config

import through

_names = itertools.count(1)


@pytest.fixture(scope="session")
def gateway():
    with through.running_gateway(PIPIT_QUEUES="declared?VisibilityTimeout=7,plain") as running:
        yield running


def pytest_collection_modifyitems(items):
    through.leave_out(items)


@pytest.fixture(scope="session")
def connect(gateway):
    """A client like create_service of the README, with everything about it open to change."""

    def client(region="moon-base-alpha", key="any", path="/sqs/", **config):
        return boto3.client(
            "sqs",
            endpoint_url=gateway.url + path,
            region_name=region,
            aws_access_key_id=key,
            aws_secret_access_key="any",
            config=Config(retries={"total_max_attempts": 1}, **config),
        )

    return client


@pytest.fixture(scope="session")
def sqs(connect):
    return connect(max_pool_connections=20)


@pytest.fixture
def name():
    return f"queue-{next(_names)}"


@pytest.fixture
def queue(sqs, name):
    return sqs.create_queue(QueueName=name)["QueueUrl"]


@pytest.fixture
def receive(sqs, queue):
    def messages(**options):
        return sqs.receive_message(QueueUrl=queue, **options).get("Messages", [])

    return messages


@pytest.fixture
def counts(sqs, queue):
    """(visible, in flight, delayed)"""

    def read():
        names = ["", "NotVisible", "Delayed"]
        attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
        return tuple(int(attributes[f"ApproximateNumberOfMessages{each}"]) for each in names)

    return read
