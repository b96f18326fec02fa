import test from 'ava'
import { runPipit } from '../run-pipit.ts'
import { runningPipit } from './running-pipit.ts'

test("scripts that call awslocal find LocalStack's habits: a queue made, a message sent, received and printed", async (t) => {
  const { url, run } = await runningPipit(t)
  const aws = (...args: string[]) => run('awslocal', 'sqs', ...args)
  const made = await aws('create-queue', '--queue-name', 'orders', '--attributes', 'VisibilityTimeout=5')
  t.deepEqual(JSON.parse(made.stdout), { QueueUrl: `${url}/000000000000/orders` })
  const queue = ['--queue-url', 'orders']
  t.is((await aws('send-message', ...queue, '--message-body', 'two coffees')).code, 0)
  const received = ['receive-message', ...queue, '--query', 'Messages[0].Body', '--output', 'text']
  t.deepEqual(await aws(...received), { code: 0, stdout: 'two coffees\n', stderr: '' })
  t.deepEqual(await aws('purge-queue', ...queue), { code: 0, stdout: '', stderr: '' })
  const attributes = [
    'get-queue-attributes',
    ...queue,
    '--attribute-names',
    'VisibilityTimeout',
    '--region',
    'us-east-1',
  ]
  t.deepEqual(JSON.parse((await aws(...attributes)).stdout), { Attributes: { VisibilityTimeout: '5' } })
})

test('it ends as the AWS CLI does: refused 254, not reachable 255, not understood 252', async (t) => {
  const { run } = await runningPipit(t)
  const refused = await run('awslocal', 'sqs', 'get-queue-url', '--queue-name', 'nothing')
  t.is(refused.code, 254)
  t.is(
    refused.stderr,
    'awslocal: An error occurred (AWS.SimpleQueueService.NonExistentQueue) when calling the GetQueueUrl operation: ' +
      'The specified queue does not exist.\n',
  )
  const nobody = await run('awslocal', '--endpoint-url', 'http://127.0.0.1:1', 'sqs', 'list-queues')
  t.is(nobody.code, 255)
  t.regex(nobody.stderr, /^awslocal: not reachable: ECONNREFUSED/)
  const wrong = await run('awslocal', 'sqs', 'make-queue')
  t.is(wrong.code, 252)
  t.regex(wrong.stderr, /^awslocal: unknown operation "make-queue"/)
})

test('what scripts ask before they start is answered', async (t) => {
  t.regex((await runPipit(['awslocal', '--version'])).stdout, /^pipit\/\d+\.\d+\.\d+ \(awslocal\)\n$/)
  t.regex((await runPipit(['awslocal', 'help'])).stdout, /^awslocal sqs OPERATION/)
  t.deepEqual(await runPipit(['awslocal', 'configure', 'set', 'region', 'us-east-1']), {
    code: 0,
    stdout: '',
    stderr: '',
  })
})
