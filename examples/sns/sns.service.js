import { adminRoute, defineService, shape } from 'pipit'
import { publish, publishBatch } from './publish.js'
import { certificateFor } from './signature.js'
import { errors } from './refusals.js'
import * as subscriptions from './subscriptions.js'
import * as topics from './topics.js'

/*
 * SNS as a plugin of pipit: topics, subscriptions of SQS queues and what is published to them. Messages arrive in pipit's
 * own queues, in the session, region and account of the queue's ARN, before Publish has answered. Nothing is asked for
 * permission: a queue needs no policy.
 */

const { string, boolean, blob, list, map, structure } = shape

const nothing = structure({})
const topic = structure({ TopicArn: string }, ['TopicArn'])
const subscription = structure({ SubscriptionArn: string }, ['SubscriptionArn'])
const attributes = map(string)
const tags = list(structure({ Key: string, Value: string }, ['Key', 'Value']))
const page = { NextToken: string }
const subscriptionList = list(
  structure({ SubscriptionArn: string, Owner: string, Protocol: string, Endpoint: string, TopicArn: string }),
)
const message = {
  Message: string,
  Subject: string,
  MessageStructure: string,
  MessageAttributes: map(structure({ DataType: string, StringValue: string, BinaryValue: blob }), {
    key: 'Name',
    value: 'Value',
  }),
  MessageDeduplicationId: string,
  MessageGroupId: string,
}
const published = { MessageId: string, SequenceNumber: string }
const failed = structure({ Id: string, Code: string, Message: string, SenderFault: boolean })

/** `topic:orders` */
function topicNamed(arn) {
  const name = arn?.split(':')[5]
  return name === undefined ? [] : [`topic:${name}`]
}

export default defineService({
  name: 'sns',
  targetPrefix: 'AmazonSimpleNotificationService',
  namespace: 'com.amazonaws.sns',
  xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  errors,
  minted: { MessageId: 'messageId', SequenceNumber: 'sequence' },
  reads: [
    'GetSubscriptionAttributes',
    'GetTopicAttributes',
    'ListSubscriptions',
    'ListSubscriptionsByTopic',
    'ListTagsForResource',
    'ListTopics',
  ],
  roles: {
    CreateTopic: { kind: 'barrier', isRepeatable: true, creates: true },
    DeleteTopic: { kind: 'barrier', destroys: true },
    SetTopicAttributes: { kind: 'barrier' },
    TagResource: { kind: 'barrier' },
    UntagResource: { kind: 'barrier' },
    Subscribe: { kind: 'barrier', isRepeatable: true },
    Unsubscribe: { kind: 'barrier' },
    SetSubscriptionAttributes: { kind: 'barrier' },
    Publish: { kind: 'make', id: 'MessageId', content: 'Message' },
  },
  subjects: ({ input }) => [input.TopicArn, input.TargetArn, input.SubscriptionArn].flatMap(topicNamed),
  state: () => ({ topics: new Map(), subscriptions: new Map() }),
  describe({ operation, input }, output) {
    const arn = input.TopicArn ?? input.TargetArn ?? input.SubscriptionArn
    const resource = arn?.split(':')[5] ?? input.Name
    const { MessageId } = output ?? {}
    return {
      ...(resource !== undefined && { resource }),
      ...(operation === 'Publish' && MessageId && { detail: `id=${MessageId.slice(0, 4)}…`, created: [MessageId] }),
    }
  },
  adminRoutes: [
    adminRoute({
      method: 'GET',
      path: '/_pipit/sns/{certificate}',
      summary: 'the certificate by which the signatures of notifications are checked, as SigningCertURL names it',
      answers: { 200: 'the certificate', 404: 'another one' },
      produces: 'application/x-pem-file',
      isOpen: true,
      answer: ({ parameters }) => certificateFor(parameters.certificate),
    }),
  ],
  operations: {
    CreateTopic: {
      input: structure({ Name: string, Attributes: attributes, Tags: tags }, ['Name']),
      output: topic,
      run: topics.createTopic,
    },
    DeleteTopic: { input: topic, output: nothing, run: topics.deleteTopic },
    GetTopicAttributes: { input: topic, output: structure({ Attributes: attributes }), run: topics.getTopicAttributes },
    SetTopicAttributes: {
      input: structure({ TopicArn: string, AttributeName: string, AttributeValue: string }, [
        'TopicArn',
        'AttributeName',
      ]),
      output: nothing,
      run: topics.setTopicAttributes,
    },
    ListTopics: { input: structure(page), output: structure({ Topics: list(topic), ...page }), run: topics.listTopics },
    ListTagsForResource: {
      input: structure({ ResourceArn: string }, ['ResourceArn']),
      output: structure({ Tags: tags }),
      run: topics.listTagsForResource,
    },
    TagResource: {
      input: structure({ ResourceArn: string, Tags: tags }, ['ResourceArn', 'Tags']),
      output: structure({}),
      run: topics.tagResource,
    },
    UntagResource: {
      input: structure({ ResourceArn: string, TagKeys: list(string) }, ['ResourceArn', 'TagKeys']),
      output: structure({}),
      run: topics.untagResource,
    },

    Subscribe: {
      input: structure(
        {
          TopicArn: string,
          Protocol: string,
          Endpoint: string,
          Attributes: attributes,
          ReturnSubscriptionArn: boolean,
        },
        ['TopicArn', 'Protocol'],
      ),
      output: structure({ SubscriptionArn: string }),
      run: subscriptions.subscribe,
    },
    Unsubscribe: { input: subscription, output: nothing, run: subscriptions.unsubscribe },
    ListSubscriptions: {
      input: structure(page),
      output: structure({ Subscriptions: subscriptionList, ...page }),
      run: subscriptions.listSubscriptions,
    },
    ListSubscriptionsByTopic: {
      input: structure({ TopicArn: string, ...page }, ['TopicArn']),
      output: structure({ Subscriptions: subscriptionList, ...page }),
      run: subscriptions.listSubscriptionsByTopic,
    },
    GetSubscriptionAttributes: {
      input: subscription,
      output: structure({ Attributes: attributes }),
      run: subscriptions.getSubscriptionAttributes,
    },
    SetSubscriptionAttributes: {
      input: structure({ SubscriptionArn: string, AttributeName: string, AttributeValue: string }, [
        'SubscriptionArn',
        'AttributeName',
      ]),
      output: nothing,
      run: subscriptions.setSubscriptionAttributes,
    },

    Publish: {
      input: structure({ TopicArn: string, TargetArn: string, PhoneNumber: string, ...message }, ['Message']),
      output: structure(published),
      run: publish,
    },
    PublishBatch: {
      input: structure({ TopicArn: string, PublishBatchRequestEntries: list(structure({ Id: string, ...message })) }, [
        'TopicArn',
        'PublishBatchRequestEntries',
      ]),
      output: structure({ Successful: list(structure({ Id: string, ...published })), Failed: list(failed) }),
      run: publishBatch,
    },
  },
})
