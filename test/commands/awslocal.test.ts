import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import test from 'ava'
import { runPipit, startPipit } from '../run-pipit.ts'

test('a script of the AWS CLI runs: create, send, receive, and what is refused', async (t) => {
  const pipit = startPipit(['--port', '0'])
  t.teardown(() => pipit.process.kill('SIGKILL'))
  const [url] = await pipit.said(/http:\/\/localhost:\d+/)
  const aws = (...args: string[]) => runPipit(['awslocal', 'sqs', ...args], { env: { PIPIT_URL: url } })
  t.deepEqual(await aws('create-queue', '--queue-name', 'q', '--query', 'QueueUrl', '--output', 'text'), {
    code: 0,
    stdout: `${url}/000000000000/q\n`,
    stderr: '',
  })
  t.is((await aws('send-message', '--queue-url', 'q', '--message-body', 'help')).code, 0)
  const received = await aws('receive-message', '--queue-url', 'q', '--query', 'Messages[].Body')
  t.deepEqual(JSON.parse(received.stdout), ['help'])
  t.deepEqual(await aws('purge-queue', '--queue-url', 'q'), { code: 0, stdout: '', stderr: '' })
  t.deepEqual(await aws('get-queue-url', '--queue-name', 'none'), {
    code: 254,
    stdout: '',
    stderr:
      'awslocal: An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation: The specified queue does not exist.\n',
  })
})

test('help is a word, or an option; configure has nothing to change', async (t) => {
  for (const args of [[], ['help'], ['sqs', 'help'], ['sqs', 'send-message', '--help']])
    t.regex((await runPipit(['awslocal', ...args])).stdout, /^awslocal sqs OPERATION/)
  t.regex((await runPipit(['awslocal', '--version'])).stdout, /^pipit\/\d/)
  t.deepEqual(await runPipit(['awslocal', 'configure', 'set', 'region', 'x']), { code: 0, stdout: '', stderr: '' })
})

test('what is wrong is one line with its own exit code', async (t) => {
  const page = createServer((request, response) => {
    if (request.headers.authorization?.includes('eu-west-1')) response.statusCode = 500
    response.end(response.statusCode === 500 ? 'null' : '<html>')
  }).listen(0, '127.0.0.1')
  await once(page, 'listening')
  t.teardown(() => page.close())
  const other = `http://127.0.0.1:${(page.address() as AddressInfo).port}`
  const cases: readonly [args: readonly string[], code: number, stderr: RegExp][] = [
    [['s3', 'ls'], 252, /^awslocal: only sqs is served here, not "s3"\n$/],
    [['sqs', 'list-queues', '--endpoint-url', 'x'], 252, /^awslocal: expected an endpoint like .* got "x"\n$/],
    [
      ['sqs', 'create-queue', '--queue-name', 'a', '--attributes', 'file://no'],
      252,
      /^awslocal: --attributes: no cannot be read: /,
    ],
    [['sqs', 'list-queues', '--endpoint-url', 'http://127.0.0.1:1'], 255, /^awslocal: not reachable: ECONNREFUSED\n$/],
    [['sqs', 'list-queues', '--endpoint-url', other], 252, /^awslocal: what answers there is no SQS, it says "<html>"/],
    [
      ['sqs', 'list-queues', '--region', 'eu-west-1', '--endpoint-url', other],
      254,
      /^awslocal: An error occurred \(500\) .*: null\n$/,
    ],
  ]
  for (const [args, code, stderr] of cases) {
    const ended = await runPipit(['awslocal', ...args])
    t.is(ended.code, code, ended.stderr)
    t.regex(ended.stderr, stderr)
  }
})
