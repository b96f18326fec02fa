import { isDeepStrictEqual } from 'node:util'
import { invalid } from './refusals.js'

/** AWS's own quota. */
const MOST_TOPICS = 100_000
const MOST_TAGS = 50
const PAGE = 100

const NAME = /^[A-Za-z0-9_-]{1,256}$/
const FIFO_NAME = /^[A-Za-z0-9_-]{1,251}\.fifo$/
const FIFO_RULE =
  'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, ' +
  'underscores, and hyphens, and must be between 1 and 256 characters long.'

/** What may be set, beside who is told of deliveries. */
const ATTRIBUTES = new Set([
  'ArchivePolicy',
  'ContentBasedDeduplication',
  'DataProtectionPolicy',
  'DeliveryPolicy',
  'DisplayName',
  'FifoThroughputScope',
  'FifoTopic',
  'KmsMasterKeyId',
  'Policy',
  'SignatureVersion',
  'TracingConfig',
])
const FEEDBACK =
  /^(?:HTTP|Firehose|Lambda|Application|SQS)(?:SuccessFeedbackRoleArn|SuccessFeedbackSampleRate|FailureFeedbackRoleArn)$/

export function createTopic({ Name, Attributes = {}, Tags = [] }, context) {
  const { state, region, account, error } = context
  const isFifo = Attributes.FifoTopic?.toLowerCase() === 'true'
  if (isFifo && !FIFO_NAME.test(Name)) throw invalid(context, `Topic Name. ${FIFO_RULE}`)
  if (!isFifo && !NAME.test(Name)) throw invalid(context, 'Topic Name')
  for (const name of Object.keys(Attributes)) if (!isAttribute(name)) throw invalid(context, 'AttributeName')
  const arn = `arn:aws:sns:${region}:${account}:${Name}`
  const tags = tagsOf(Tags, context)
  const there = state.topics.get(arn)
  if (there !== undefined) {
    const isOther = Object.entries(Attributes).some(([name, value]) => attributesOf(there, state)[name] !== value)
    if (isOther) throw invalid(context, 'Attributes Reason: Topic already exists with different attributes')
    if (Tags.length > 0 && !isDeepStrictEqual(there.tags, tags))
      throw invalid(context, 'Tags Reason: Topic already exists with different tags')
    return { TopicArn: arn }
  }
  if (state.topics.size >= MOST_TOPICS) throw error('TopicLimitExceededException', 'Topic limit exceeded')
  const attributes = new Map(Object.entries(Attributes).filter(([name]) => name !== 'FifoTopic'))
  state.topics.set(arn, { arn, region, account, isFifo, attributes, tags, sequence: 0, seen: new Map(), deleted: 0 })
  return { TopicArn: arn }
}

/** One that is not there is deleted, too. Its subscriptions go with it; on AWS they linger for some days. */
export function deleteTopic({ TopicArn }, context) {
  checkArn(TopicArn, 'TopicArn', context)
  const { topics, subscriptions } = context.state
  topics.delete(TopicArn)
  for (const [arn, { topic }] of subscriptions) if (topic === TopicArn) subscriptions.delete(arn)
}

export function listTopics({ NextToken }, { state, region, account }) {
  const mine = [...state.topics.values()].filter((topic) => topic.region === region && topic.account === account)
  const { items, ...more } = paged(mine, NextToken)
  return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...more }
}

export function getTopicAttributes({ TopicArn }, context) {
  return { Attributes: attributesOf(topicOf(TopicArn, context), context.state) }
}

export function setTopicAttributes({ TopicArn, AttributeName, AttributeValue = '' }, context) {
  const topic = topicOf(TopicArn, context)
  if (!isAttribute(AttributeName) || AttributeName === 'FifoTopic') throw invalid(context, 'AttributeName')
  topic.attributes.set(AttributeName, AttributeValue)
}

export function listTagsForResource({ ResourceArn }, context) {
  return { Tags: [...taggedTopic(ResourceArn, context).tags].map(([Key, Value]) => ({ Key, Value })) }
}

export function tagResource({ ResourceArn, Tags }, context) {
  const topic = taggedTopic(ResourceArn, context)
  const tags = new Map([...topic.tags, ...tagsOf(Tags, context)])
  if (tags.size > MOST_TAGS) throw context.error('TagLimitExceededException')
  topic.tags = tags
}

export function untagResource({ ResourceArn, TagKeys }, context) {
  const { tags } = taggedTopic(ResourceArn, context)
  for (const key of TagKeys) tags.delete(key)
}

/** The topic of an ARN, whosever it is. */
export function topicOf(arn, context) {
  checkArn(arn, 'TopicArn', context)
  const topic = context.state.topics.get(arn)
  if (topic === undefined) throw context.error('NotFoundException')
  return topic
}

export function checkArn(arn, parameter, context) {
  const parts = arn.split(':').length
  if (parts < 6) throw invalid(context, `${parameter} Reason: An ARN must have at least 6 elements, not ${parts}`)
}

/** A page of a list, and the token of the next. */
export function paged(all, token) {
  const after = token === undefined ? '' : Buffer.from(token, 'base64').toString()
  const start = all.findIndex(({ arn }) => arn === after) + 1
  const items = all.slice(start, start + PAGE)
  const last = items.at(-1)?.arn
  return {
    items,
    ...(start + PAGE < all.length && { NextToken: Buffer.from(last).toString('base64') }),
  }
}

function taggedTopic(arn, context) {
  const topic = context.state.topics.get(arn)
  if (topic === undefined) throw context.error('ResourceNotFoundException')
  return topic
}

function tagsOf(tags, { error }) {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length)
    throw error('InvalidParameterException', 'Invalid parameter: Duplicated keys are not allowed.')
  if (tags.length > MOST_TAGS) throw error('TagLimitExceededException')
  return new Map(tags.map(({ Key, Value }) => [Key, Value]))
}

function isAttribute(name) {
  return ATTRIBUTES.has(name) || FEEDBACK.test(name)
}

function attributesOf({ arn, account, isFifo, attributes, deleted }, { subscriptions }) {
  const confirmed = [...subscriptions.values()].filter(({ topic }) => topic === arn).length
  return {
    TopicArn: arn,
    Owner: account,
    DisplayName: '',
    Policy: defaultPolicy(arn, account),
    EffectiveDeliveryPolicy: DELIVERY_POLICY,
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: '0',
    SubscriptionsDeleted: String(deleted),
    ...(isFifo && { FifoTopic: 'true', ContentBasedDeduplication: 'false' }),
    ...Object.fromEntries(attributes),
  }
}

/** What AWS gives a topic that nobody has given one. */
function defaultPolicy(arn, account) {
  const actions = [
    'GetTopicAttributes',
    'SetTopicAttributes',
    'AddPermission',
    'RemovePermission',
    'DeleteTopic',
    'Subscribe',
    'ListSubscriptionsByTopic',
    'Publish',
  ]
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  })
}

const DELIVERY_POLICY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
})
