"""Presigned addresses: SQS through any HTTP client, in the query protocol, by GET."""

import json
import re
import urllib.error
import urllib.request

import pytest
from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials


def presign(address, region="moon-base-alpha", **parameters):
    request = AWSRequest("GET", address, params={"Version": "2012-11-05"} | parameters)
    SigV4QueryAuth(Credentials("any", "any"), "sqs", region).add_auth(request)
    return request.prepare().url


def fetch(address, **headers):
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=10) as answer:
        return answer.headers["Content-Type"], answer.read().decode()


def test_a_queue_takes_and_gives_messages_by_get(queue, receive):
    content_type, text = fetch(presign(queue, Action="SendMessage", MessageBody="signed <&>"))
    assert content_type.startswith("text/xml")
    assert "<SendMessageResponse" in text
    sent_id = re.search("<MessageId>(.*?)</MessageId>", text)[1]
    received = fetch(presign(queue, Action="ReceiveMessage", VisibilityTimeout="0"))[1]
    assert "<Body>signed &lt;&amp;&gt;</Body>" in received
    (message,) = receive()
    assert (message["MessageId"], message["Body"]) == (sent_id, "signed <&>")


def test_a_presigned_address_carries_its_region(connect):
    queue = connect(region="mock-region").get_queue_url(QueueName="plain")["QueueUrl"]
    address = presign(queue, "mock-region", **{"Action": "GetQueueAttributes", "AttributeName.1": "QueueArn"})
    assert "<Value>arn:aws:sqs:mock-region:000000000000:plain</Value>" in fetch(address)[1]


def test_the_same_address_answers_json_to_who_asks_for_it(queue, name):
    address = presign(queue, Action="GetQueueUrl", QueueName=name)
    content_type, text = fetch(address, Accept="application/json")
    assert content_type.startswith("application/json")
    assert json.loads(text)["GetQueueUrlResponse"]["GetQueueUrlResult"]["QueueUrl"] == queue


def test_an_error_is_xml_with_its_code(queue):
    with pytest.raises(urllib.error.HTTPError) as caught:
        fetch(presign(queue, Action="ReceiveMessage", MaxNumberOfMessages="11"))
    assert caught.value.code == 400
    assert "<Code>InvalidParameterValue</Code>" in caught.value.read().decode()
