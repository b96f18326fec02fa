import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import test from 'ava'
import { PIPIT_PROGRAM } from '../pipit-program.ts'

const WATCH = pathToFileURL('dist/test/scenarios/watch-network.js').href

/** A pipit whose outgoing connections and DNS queries are named on standard error. */
function watched(environment: NodeJS.ProcessEnv = {}): ReturnType<typeof spawn> & { said: string } {
  const child = spawn(process.execPath, ['--import', WATCH, PIPIT_PROGRAM, '--port', '0'], {
    env: { PATH: process.env['PATH'], PIPIT_QUEUES: 'orders>orders-dlq:3', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const watching = Object.assign(child, { said: '' })
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (watching.said += String(chunk)))
  return watching
}

async function url(child: ReturnType<typeof watched>): Promise<string> {
  for (;;) {
    const found = /http:\/\/localhost:\d+/.exec(child.said)
    if (found !== null) return found[0]
    await once(child.stdout as NodeJS.ReadableStream, 'data')
  }
}

test('in mock mode pipit asks no DNS and opens no connection, ever', async (t) => {
  const child = watched()
  t.teardown(() => child.kill('SIGKILL'))
  const endpoint = `${await url(child)}/sqs/`
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const sqs = new SQSClient({ endpoint, region: 'us-east-1', credentials })
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'made' }))
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }))
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }))
  t.is(Messages?.length, 1)
  sqs.destroy()
  child.kill('SIGTERM')
  await once(child, 'close')
  t.is(child.exitCode, 0)
  t.notRegex(child.said, /OUTGOING/)
})

test('the watch would have seen one', async (t) => {
  const child = watched({ PIPIT_TEST_WATCH: 'probe' })
  t.teardown(() => child.kill('SIGKILL'))
  await url(child)
  t.regex(child.said, /OUTGOING connect/)
})
