import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { faultSession, type Seen } from './fault-session.ts'

/** Where it is not the waiting that is looked at, a machine with much to do must not look like a fault. */
const PATIENCE_MS = 20_000

/** The SDK for JavaScript sends one message, three times at most. */
export async function javascriptCall(
  url: string,
  session: string,
  deed: unknown,
  patienceMs = PATIENCE_MS,
): Promise<Seen> {
  const world = await faultSession(url, session, { id: 'fault', on: { operation: 'SendMessage' }, do: deed })
  const sqs = new SQSClient({
    endpoint: world.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: PATIENCE_MS,
      requestTimeout: patienceMs,
      throwOnRequestTimeout: true,
      socketTimeout: patienceMs,
    },
  })
  const sees = await sqs
    .send(new SendMessageCommand({ QueueUrl: '/000000000000/orders', MessageBody: 'hello' }))
    .then(({ MessageId }) => (MessageId === undefined ? 'success without MessageId' : 'success'), nameOf)
  sqs.destroy()
  return [await world.tries(), sees, await world.stored()]
}

/** A network's code says more than the SDK's own name for it. */
function nameOf(error: unknown): string {
  const { code, name, message } = error as { code?: unknown; name: string; message: string }
  if (typeof code === 'string') return code
  return name === 'Error' ? message : name
}
