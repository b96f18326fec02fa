import type { ServiceShapes, Shape, StructureShape } from '../core/shapes.ts'

const string: Shape = { type: 'string' }
const integer: Shape = { type: 'integer' }
const long: Shape = { type: 'long' }
const boolean: Shape = { type: 'boolean' }
const blob: Shape = { type: 'blob' }

const list = (queryName: string, member: Shape = string): Shape => ({ type: 'list', member, queryName })
const map = (queryName: string, value: Shape = string, keyName = 'Name'): Shape => ({
  type: 'map',
  value,
  queryName,
  keyName,
  valueName: 'Value',
})
const structure = (members: Readonly<Record<string, Shape>>, required: readonly string[] = []): StructureShape => ({
  type: 'structure',
  members,
  required,
})
const nothing = structure({})

const attributeNames = list('AttributeName')
const attributes = map('Attribute')
const tags = map('Tag', string, 'Key')

const messageAttributeValue = structure(
  {
    StringValue: string,
    BinaryValue: blob,
    StringListValues: list('StringListValue'),
    BinaryListValues: list('BinaryListValue', blob),
    DataType: string,
  },
  ['DataType'],
)
const messageAttributes = map('MessageAttribute', messageAttributeValue)

const messageToSend = {
  MessageBody: string,
  DelaySeconds: integer,
  MessageAttributes: messageAttributes,
  MessageSystemAttributes: map('MessageSystemAttribute', messageAttributeValue),
  MessageDeduplicationId: string,
  MessageGroupId: string,
}
const sentMessage = {
  MD5OfMessageBody: string,
  MD5OfMessageAttributes: string,
  MD5OfMessageSystemAttributes: string,
  MessageId: string,
  SequenceNumber: string,
}
const receivedMessage = structure({
  MessageId: string,
  ReceiptHandle: string,
  MD5OfBody: string,
  Body: string,
  Attributes: attributes,
  MD5OfMessageAttributes: string,
  MessageAttributes: messageAttributes,
})
const moveTask = structure({
  TaskHandle: string,
  Status: string,
  SourceArn: string,
  DestinationArn: string,
  MaxNumberOfMessagesPerSecond: integer,
  ApproximateNumberOfMessagesMoved: long,
  ApproximateNumberOfMessagesToMove: long,
  FailureReason: string,
  StartedTimestamp: long,
})

const onQueue = (members: Readonly<Record<string, Shape>> = {}, required: readonly string[] = []): StructureShape =>
  structure({ QueueUrl: string, ...members }, ['QueueUrl', ...required])

const batchOf = (entryName: string, members: Readonly<Record<string, Shape>>, required: readonly string[]) =>
  onQueue({ Entries: list(entryName, structure({ Id: string, ...members }, ['Id', ...required])) }, ['Entries'])

const batchResult = (entryName: string, members: Readonly<Record<string, Shape>>, required: readonly string[]) =>
  structure(
    {
      Successful: list(entryName, structure({ Id: string, ...members }, ['Id', ...required])),
      Failed: list(
        'BatchResultErrorEntry',
        structure({ Id: string, SenderFault: boolean, Code: string, Message: string }, ['Id', 'SenderFault', 'Code']),
      ),
    },
    ['Successful', 'Failed'],
  )

/**
 * The 23 operations of SQS 2012-11-05: members, what is required, and the names that lists and maps have in the query
 * protocol. Two members are spelt in lower case, in the input of CreateQueue and the output of
 * ListDeadLetterSourceQueues: AWS's own.
 */
export const sqsShapes: ServiceShapes = {
  targetPrefix: 'AmazonSQS',
  namespace: 'com.amazonaws.sqs',
  xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
  operations: {
    AddPermission: {
      input: onQueue({ Label: string, AWSAccountIds: list('AWSAccountId'), Actions: list('ActionName') }, [
        'Label',
        'AWSAccountIds',
        'Actions',
      ]),
      output: nothing,
    },
    CancelMessageMoveTask: {
      input: structure({ TaskHandle: string }, ['TaskHandle']),
      output: structure({ ApproximateNumberOfMessagesMoved: long }),
    },
    ChangeMessageVisibility: {
      input: onQueue({ ReceiptHandle: string, VisibilityTimeout: integer }, ['ReceiptHandle', 'VisibilityTimeout']),
      output: nothing,
    },
    ChangeMessageVisibilityBatch: {
      input: batchOf(
        'ChangeMessageVisibilityBatchRequestEntry',
        { ReceiptHandle: string, VisibilityTimeout: integer },
        ['ReceiptHandle'],
      ),
      output: batchResult('ChangeMessageVisibilityBatchResultEntry', {}, []),
    },
    CreateQueue: {
      input: structure({ QueueName: string, Attributes: attributes, tags }, ['QueueName']),
      output: structure({ QueueUrl: string }),
    },
    DeleteMessage: { input: onQueue({ ReceiptHandle: string }, ['ReceiptHandle']), output: nothing },
    DeleteMessageBatch: {
      input: batchOf('DeleteMessageBatchRequestEntry', { ReceiptHandle: string }, ['ReceiptHandle']),
      output: batchResult('DeleteMessageBatchResultEntry', {}, []),
    },
    DeleteQueue: { input: onQueue(), output: nothing },
    GetQueueAttributes: {
      input: onQueue({ AttributeNames: attributeNames }),
      output: structure({ Attributes: attributes }),
    },
    GetQueueUrl: {
      input: structure({ QueueName: string, QueueOwnerAWSAccountId: string }, ['QueueName']),
      output: structure({ QueueUrl: string }),
    },
    ListDeadLetterSourceQueues: {
      input: onQueue({ NextToken: string, MaxResults: integer }),
      output: structure({ queueUrls: list('QueueUrl'), NextToken: string }, ['queueUrls']),
    },
    ListMessageMoveTasks: {
      input: structure({ SourceArn: string, MaxResults: integer }, ['SourceArn']),
      output: structure({ Results: list('ListMessageMoveTasksResultEntry', moveTask) }),
    },
    ListQueueTags: { input: onQueue(), output: structure({ Tags: tags }) },
    ListQueues: {
      input: structure({ QueueNamePrefix: string, NextToken: string, MaxResults: integer }),
      output: structure({ QueueUrls: list('QueueUrl'), NextToken: string }),
    },
    PurgeQueue: { input: onQueue(), output: nothing },
    ReceiveMessage: {
      input: onQueue({
        AttributeNames: attributeNames,
        MessageSystemAttributeNames: list('MessageSystemAttributeName'),
        MessageAttributeNames: list('MessageAttributeName'),
        MaxNumberOfMessages: integer,
        VisibilityTimeout: integer,
        WaitTimeSeconds: integer,
        ReceiveRequestAttemptId: string,
      }),
      output: structure({ Messages: list('Message', receivedMessage) }),
    },
    RemovePermission: { input: onQueue({ Label: string }, ['Label']), output: nothing },
    SendMessage: { input: onQueue(messageToSend, ['MessageBody']), output: structure(sentMessage) },
    SendMessageBatch: {
      input: batchOf('SendMessageBatchRequestEntry', messageToSend, ['MessageBody']),
      output: batchResult('SendMessageBatchResultEntry', sentMessage, ['MessageId', 'MD5OfMessageBody']),
    },
    SetQueueAttributes: { input: onQueue({ Attributes: attributes }, ['Attributes']), output: nothing },
    StartMessageMoveTask: {
      input: structure({ SourceArn: string, DestinationArn: string, MaxNumberOfMessagesPerSecond: integer }, [
        'SourceArn',
      ]),
      output: structure({ TaskHandle: string }),
    },
    TagQueue: { input: onQueue({ Tags: tags }, ['Tags']), output: nothing },
    UntagQueue: { input: onQueue({ TagKeys: list('TagKey') }, ['TagKeys']), output: nothing },
  },
}
