"""Errors: the code that applications test, the shape that makes boto3's exception, the status."""

import boto3
import pytest
from botocore.exceptions import ClientError

MISSING = "http://localhost/000000000000/no-such-queue"


@pytest.mark.parametrize(
    "operation, parameters, status, code, shape",
    [
        ("get_queue_url", {"QueueName": "no-such-queue"}, 400, "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"),
        ("send_message", {"QueueUrl": MISSING, "MessageBody": "x"}, 400, "AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist"),
        ("create_queue", {"QueueName": "bad name!"}, 400, "InvalidParameterValue", "InvalidParameterValueException"),
        ("create_queue", {"QueueName": "x", "Attributes": {"Nonsense": "1"}}, 400, "InvalidAttributeName", "InvalidAttributeName"),
        ("create_queue", {"QueueName": "x", "Attributes": {"DelaySeconds": "901"}}, 400, "InvalidAttributeValue", "InvalidAttributeValue"),
        ("send_message", {"MessageBody": ""}, 400, "MissingParameter", "MissingRequiredParameterException"),
        ("send_message", {"MessageBody": "\x01"}, 400, "InvalidMessageContents", "InvalidMessageContents"),
        ("send_message", {"MessageBody": "x" * 1048577}, 400, "InvalidParameterValue", "InvalidParameterValueException"),
        ("send_message", {"MessageBody": "x", "DelaySeconds": 901}, 400, "InvalidParameterValue", "InvalidParameterValueException"),
        ("receive_message", {"MaxNumberOfMessages": 11}, 400, "InvalidParameterValue", "InvalidParameterValueException"),
        ("receive_message", {"WaitTimeSeconds": 21}, 400, "InvalidParameterValue", "InvalidParameterValueException"),
        ("get_queue_attributes", {"AttributeNames": ["Nonsense"]}, 400, "InvalidAttributeName", "InvalidAttributeName"),
        ("delete_message", {"ReceiptHandle": "garbage"}, 404, "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid"),
    ],
)
def test_an_error_has_its_code_shape_and_status(sqs, queue, operation, parameters, status, code, shape):
    if operation not in ("create_queue", "get_queue_url"):
        parameters = {"QueueUrl": queue} | parameters
    with pytest.raises(ClientError) as caught:
        getattr(sqs, operation)(**parameters)
    response = caught.value.response
    assert response["ResponseMetadata"]["HTTPStatusCode"] == status
    assert response["Error"]["Code"] == code
    # The query protocol, which botocore spoke until late 2023, knows no shapes.
    if sqs.meta.service_model.metadata["protocol"] == "json":
        assert response["Error"]["QueryErrorCode"] == shape
    assert response["Error"]["Type"] == "Sender"
    assert response["Error"]["Message"]
    assert response["ResponseMetadata"]["RequestId"]


def test_visibility_of_a_deleted_message_cannot_be_changed(sqs, queue, receive):
    sqs.send_message(QueueUrl=queue, MessageBody="x")
    (message,) = receive()
    sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    with pytest.raises(ClientError, match="Message does not exist or is not available for visibility timeout change"):
        sqs.change_message_visibility(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=1)


def test_a_service_that_pipit_does_not_serve_gets_an_error_that_says_so(gateway):
    tables = boto3.client(
        "dynamodb",
        endpoint_url=gateway.url,
        region_name="moon-base-alpha",
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )
    with pytest.raises(ClientError, match="(?i)no route for service 'dynamodb.*It serves: sqs"):
        tables.list_tables()
