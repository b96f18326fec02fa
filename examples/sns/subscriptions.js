import { policyComplaint } from './filter-policy.js'
import { invalid } from './refusals.js'
import { checkArn, paged, topicOf } from './topics.js'

/** Far above any suite: each of them is a message for every publish. */
const MOST_SUBSCRIPTIONS = 10_000

/** Those that SNS knows; here only queues can be reached. */
const PROTOCOLS = ['application', 'email', 'email-json', 'firehose', 'http', 'https', 'lambda', 'sms', 'sqs']

/** Idempotent: one endpoint has one subscription of a topic. */
export function subscribe({ TopicArn, Protocol, Endpoint, Attributes = {} }, context) {
  const { state, account, random, error } = context
  const topic = topicOf(TopicArn, context)
  checkEndpoint(topic, Protocol, Endpoint, context)
  const attributes = new Map()
  for (const [name, value] of Object.entries(Attributes))
    attributes.set(name, checkedAttribute(name, value, attributesWith(Attributes), context, 'Attributes Reason: '))
  const mine = [...state.subscriptions.values()].filter((subscription) => subscription.topic === TopicArn)
  const there = mine.find(({ endpoint }) => endpoint === Endpoint)
  if (there !== undefined) {
    const known = attributesOf(there)
    const isOther = [...attributes].some(([name, value]) => known[name] !== value)
    if (isOther) throw invalid(context, 'Attributes Reason: Subscription already exists with different attributes')
    return { SubscriptionArn: there.arn }
  }
  if (mine.length >= MOST_SUBSCRIPTIONS)
    throw error('SubscriptionLimitExceededException', 'Subscription limit exceeded for this topic')
  const arn = `${TopicArn}:${random.uuid()}`
  state.subscriptions.set(arn, {
    arn,
    topic: TopicArn,
    owner: account,
    protocol: Protocol,
    endpoint: Endpoint,
    attributes,
  })
  return { SubscriptionArn: arn }
}

/** One that is not there any more is no mistake. */
export function unsubscribe({ SubscriptionArn }, context) {
  checkArn(SubscriptionArn, 'SubscriptionArn', context)
  if (SubscriptionArn.split(':').length === 6) throw invalid(context, 'SubscriptionId')
  const { topics, subscriptions } = context.state
  const topic = topics.get(subscriptions.get(SubscriptionArn)?.topic)
  if (topic !== undefined) topic.deleted++
  subscriptions.delete(SubscriptionArn)
}

export function listSubscriptions({ NextToken }, { state, region, account }) {
  const mine = [...state.subscriptions.values()].filter(
    ({ topic, owner }) => owner === account && topic.split(':')[3] === region,
  )
  return pageOf(mine, NextToken)
}

export function listSubscriptionsByTopic({ TopicArn, NextToken }, context) {
  topicOf(TopicArn, context)
  return pageOf(subscriptionsOf(TopicArn, context.state), NextToken)
}

export function getSubscriptionAttributes({ SubscriptionArn }, context) {
  return { Attributes: attributesOf(subscriptionOf(SubscriptionArn, context)) }
}

export function setSubscriptionAttributes({ SubscriptionArn, AttributeName, AttributeValue = '' }, context) {
  const { attributes } = subscriptionOf(SubscriptionArn, context)
  const scope = attributes.get('FilterPolicyScope')
  attributes.set(AttributeName, checkedAttribute(AttributeName, AttributeValue, { scope }, context))
}

export function subscriptionsOf(topicArn, { subscriptions }) {
  return [...subscriptions.values()].filter(({ topic }) => topic === topicArn)
}

function subscriptionOf(arn, context) {
  checkArn(arn, 'SubscriptionArn', context)
  const subscription = context.state.subscriptions.get(arn)
  if (subscription === undefined) throw context.error('NotFoundException', 'Subscription does not exist')
  return subscription
}

function checkEndpoint(topic, protocol, endpoint, context) {
  if (!PROTOCOLS.includes(protocol))
    throw invalid(context, `Amazon SNS does not support this protocol string: ${protocol}`)
  if (protocol !== 'sqs')
    throw invalid(context, `Protocol Reason: this SNS delivers to sqs, not to ${protocol}: it is a plugin of pipit`)
  if (endpoint === undefined || endpoint === '')
    throw invalid(context, 'Endpoint Reason: no value for required parameter')
  if (!/^arn:[^:]+:sqs:[^:]+:\d{12}:[^:]+$/.test(endpoint)) throw invalid(context, 'SQS endpoint ARN')
  if (endpoint.endsWith('.fifo') && !topic.isFifo)
    throw invalid(
      context,
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    )
}

function attributesWith({ FilterPolicyScope }) {
  return { scope: FilterPolicyScope }
}

/** The value as it is kept. `at` stands before complaints of Subscribe. */
function checkedAttribute(name, value, { scope = 'MessageAttributes' }, context, at = '') {
  const wrong = (what) => invalid(context, `${at}${what}`)
  switch (name) {
    case 'RawMessageDelivery':
      if (!/^(?:true|false)$/i.test(value))
        throw wrong(`RawMessageDelivery: Invalid value [${value}]. Must be true or false.`)
      return value.toLowerCase()
    case 'FilterPolicyScope':
      if (value !== 'MessageAttributes' && value !== 'MessageBody')
        throw wrong(`FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`)
      return value
    case 'FilterPolicy': {
      const complaint = value === '' ? undefined : policyComplaint(value, scope)
      if (complaint !== undefined) throw wrong(complaint)
      return value
    }
    case 'RedrivePolicy': {
      const target = parsed(value, wrong('RedrivePolicy: failed to parse JSON.'))?.deadLetterTargetArn
      if (!/^arn:[^:]+:sqs:[^:]+:\d{12}:[^:]+$/.test(target ?? ''))
        throw wrong('RedrivePolicy: deadLetterTargetArn is an invalid arn')
      return value
    }
    case 'DeliveryPolicy':
    case 'SubscriptionRoleArn':
    case 'ReplayPolicy':
      return value
    default:
      throw wrong('AttributeName')
  }
}

function parsed(text, error) {
  try {
    return JSON.parse(text)
  } catch {
    throw error
  }
}

function attributesOf({ arn, topic, owner, protocol, endpoint, attributes }) {
  const { FilterPolicy, FilterPolicyScope, ...others } = Object.fromEntries(attributes)
  return {
    SubscriptionArn: arn,
    TopicArn: topic,
    Owner: owner,
    Protocol: protocol,
    Endpoint: endpoint,
    SubscriptionPrincipal: `arn:aws:iam::${owner}:user/pipit`,
    ConfirmationWasAuthenticated: 'true',
    PendingConfirmation: 'false',
    RawMessageDelivery: 'false',
    ...others,
    ...(FilterPolicy && { FilterPolicy, FilterPolicyScope: FilterPolicyScope ?? 'MessageAttributes' }),
  }
}

function pageOf(all, token) {
  const { items, ...more } = paged(all, token)
  const Subscriptions = items.map(({ arn, owner, protocol, endpoint, topic }) => {
    return { SubscriptionArn: arn, Owner: owner, Protocol: protocol, Endpoint: endpoint, TopicArn: topic }
  })
  return { Subscriptions, ...more }
}
