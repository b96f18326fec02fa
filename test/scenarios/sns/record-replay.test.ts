import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns'
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { pluginFolder } from '../../plugins/plugin-folder.ts'
import { type GatewayProcess, startGateway } from '../gateway-process.ts'

/** Where nothing is forwarded to: a replay needs nobody. */
const NOWHERE = 'http://localhost:1'

async function gateway(t: ExecutionContext, config: object): Promise<GatewayProcess> {
  const started = await startGateway({
    env: { PIPIT_PLUGINS: 'examples/sns', PIPIT_CONFIG_INLINE: JSON.stringify(config) },
  })
  t.teardown(() => started.stop())
  return started
}

/** A topic tells a queue, and what has come is deleted. Answers what it all came to. */
async function story({ url }: GatewayProcess): Promise<unknown> {
  const common = { region: 'eu-west-1', credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, maxAttempts: 1 }
  const sns = new SNSClient({ ...common, endpoint: `${url}/sns/` })
  const sqs = new SQSClient({ ...common, endpoint: `${url}/sqs/` })
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'orders' }))
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  const Endpoint = 'arn:aws:sqs:eu-west-1:000000000000:orders'
  const { SubscriptionArn } = await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }))
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: 'hello', Subject: 'Orders' }))
  const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }))
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }))
  const told = JSON.parse(message?.Body ?? '{}') as Record<string, string>
  return {
    TopicArn,
    Message: told['Message'],
    Subject: told['Subject'],
    isThatMessage: told['MessageId'] === MessageId && /^[0-9a-f-]{36}$/.test(MessageId ?? ''),
    isThatSubscription: told['UnsubscribeURL']?.endsWith(SubscriptionArn ?? '-'),
  }
}

test('what a topic told is recorded across both services, and replayed without anybody behind', async (t) => {
  const fixtures = pluginFolder(t, {})
  const common = { fixtures, fixture: 'sns/story' }
  const behind = await gateway(t, {})
  const recording = await gateway(t, { ...common, mode: { sns: 'record', sqs: 'record' }, upstream: behind.url })
  const recorded = await story(recording)
  t.like(recorded, { Message: 'hello', Subject: 'Orders', isThatMessage: true, isThatSubscription: true })
  t.is((await recording.stop()).code, 0, recording.output())
  await behind.stop()
  const { entries } = JSON.parse(readFileSync(join(fixtures, 'sns/story.json'), 'utf8')) as {
    entries: { op: string }[]
  }
  const topics = entries.map(({ op }) => op).filter((op) => /Topic|Subscribe|Publish/.test(op))
  t.deepEqual(topics, ['CreateTopic', 'Subscribe', 'Publish'])
  const replaying = await gateway(t, { ...common, mode: { sns: 'replay', sqs: 'replay' }, upstream: NOWHERE })
  t.deepEqual(await story(replaying), recorded)
  t.is((await replaying.stop()).code, 0, replaying.output())
})
