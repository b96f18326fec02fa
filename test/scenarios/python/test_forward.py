"""In front of AWS: whose signature a request bears, what is let through, and what a client sees when nothing can be."""

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from fake_aws import KEY, fake_aws
from gateway import Gateway

OWN = KEY | {"AWS_EC2_METADATA_DISABLED": "true"}


@pytest.fixture(scope="module")
def aws():
    back = Gateway(PIPIT_QUEUES="orders,billing")
    with fake_aws(back.url) as far:
        yield far
    assert back.stop() == 0


@pytest.fixture
def forwarding(aws):
    """Gateways in front of it, by what they are told."""
    running = []

    def start(*arguments, **env):
        running.append(Gateway("--mode", "forward", "--upstream", f"{aws.url}?sign", *arguments, **env))
        return Client(running[-1].url)

    yield start
    assert [gateway.stop() for gateway in running] == [0] * len(running)


class Client:
    """boto3 with three attempts, and how many it has made."""

    def __init__(self, url, key="any", secret="any"):
        self.attempts = 0
        self.sqs = boto3.client(
            "sqs",
            endpoint_url=f"{url}/",
            region_name="eu-west-1",
            aws_access_key_id=key,
            aws_secret_access_key=secret,
            config=Config(retries={"total_max_attempts": 3, "mode": "standard"}),
        )
        self.sqs.meta.events.register("before-send.sqs", self._count)

    def _count(self, **_):
        self.attempts += 1

    def refused(self, operation, **parameters):
        """Code, status and attempts of a call that fails."""
        self.attempts = 0
        with pytest.raises(ClientError) as error:
            getattr(self.sqs, operation)(**parameters)
        response = error.value.response
        return response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"], self.attempts

    def queue(self, name="orders"):
        return self.sqs.get_queue_url(QueueName=name)["QueueUrl"]


def test_the_endpoint_of_these_tests_is_as_strict_as_aws(aws):
    assert Client(aws.url, *KEY.values()).sqs.list_queues()["QueueUrls"]
    assert Client(aws.url).refused("list_queues") == ("SignatureDoesNotMatch", 403, 1)
    assert Client(aws.url, KEY["AWS_ACCESS_KEY_ID"], "another secret").refused("list_queues")[1] == 403
    assert len(aws.complaints) == 2
    aws.complaints.clear()


def test_a_client_with_made_up_keys_is_served_with_the_real_ones(forwarding, aws):
    client = forwarding(**OWN)
    queue = client.queue()
    client.sqs.send_message(QueueUrl=queue, MessageBody="über")
    message = client.sqs.receive_message(QueueUrl=queue)["Messages"][0]
    assert message["Body"] == "über"
    client.sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    assert aws.complaints == []


def test_without_credentials_the_first_try_says_what_to_do(forwarding):
    client = forwarding(AWS_EC2_METADATA_DISABLED="true", HOME="/nonexistent")
    assert client.refused("list_queues") == ("PipitNoCredentials", 403, 1)


@pytest.mark.parametrize(
    "guard, passes, refused",
    [
        (["--read-only"], "list_queues", ("purge_queue", "orders")),
        (["--only", "queue:orders*"], "list_queues", ("purge_queue", "billing")),
        (["--operations", "List*,Get*"], "list_queues", ("send_message", "orders")),
    ],
)
def test_what_may_not_pass_is_refused_at_the_first_try(forwarding, guard, passes, refused):
    client = forwarding(*guard, **OWN)
    getattr(client.sqs, passes)()
    operation, name = refused
    body = {"MessageBody": "x"} if operation == "send_message" else {}
    url = f"http://any/000000000000/{name}"
    assert client.refused(operation, QueueUrl=url, **body) == ("AccessDenied", 403, 1)


def test_an_upstream_that_is_not_there_is_one_that_may_still_come():
    gateway = Gateway("--mode", "forward", "--upstream", "http://127.0.0.1:9")
    client = Client(gateway.url)
    code, status, attempts = client.refused("list_queues")
    assert (code, status) == ("PipitUpstreamUnreachable", 503)
    assert attempts == 3
    assert gateway.stop() == 0


def test_a_region_that_aws_has_not_is_told_at_the_first_try():
    gateway = Gateway("--mode", "forward", "--upstream", "aws?region=no-where-1", **OWN)
    client = Client(gateway.url)
    code, status, attempts = client.refused("list_queues")
    assert code == "PipitUpstreamUnreachable"
    assert (status, attempts) in [(400, 1), (503, 3)]  # 503 where not even a name server is reached
    assert gateway.stop() == 0


def test_no_secret_is_in_the_log(forwarding, aws):
    gateway = Gateway("--mode", "forward", "--upstream", f"{aws.url}?sign", "--log-level", "debug", **OWN)
    Client(gateway.url).queue()
    assert gateway.stop() == 0
    printed = "".join(gateway.printed)
    assert "found in the environment" in printed
    assert KEY["AWS_SECRET_ACCESS_KEY"] not in printed
    assert KEY["AWS_ACCESS_KEY_ID"] not in printed
