import fc from 'fast-check'
import test from 'ava'
import type { Call, Result } from '../../src/core/exchange.ts'
import { linking, localize } from '../../src/sqs/localize.ts'
import { queueUrlElsewhere } from '../../src/sqs/queue-url.ts'
import { sqs } from '../../src/sqs/service.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'

const here = 'http://localhost:3000/s/blue/sqs'
const there = 'https://sqs.eu-west-1.amazonaws.com'
const ends = { here, there }
const protocol = sqs().protocols[0] as Call['protocol']
const callOf = (operation: string): Call => ({ protocol, operation, input: {}, path: '/' })
const output = (members: Record<string, unknown>): Result => ({ kind: 'output', output: members })

test('four operations answer queue URLs, and all of them lead back here', (t) => {
  const moved: Record<string, Result> = {}
  for (const operation of Object.keys(sqsShapes.operations)) {
    const given = output({
      QueueUrl: `${there}/123456789012/a`,
      QueueUrls: [`${there}/123456789012/a`, `${there}/123456789012/b.fifo`],
      queueUrls: [`${there}/123456789012/c`],
      Other: `${there}/123456789012/a`,
    })
    const result = localize(given, callOf(operation), ends)
    if (result !== given) moved[operation] = result
  }
  const kept = {
    QueueUrl: `${there}/123456789012/a`,
    QueueUrls: [`${there}/123456789012/a`, `${there}/123456789012/b.fifo`],
    queueUrls: [`${there}/123456789012/c`],
    Other: `${there}/123456789012/a`,
  }
  t.deepEqual(moved, {
    CreateQueue: output({ ...kept, QueueUrl: `${here}/123456789012/a` }),
    GetQueueUrl: output({ ...kept, QueueUrl: `${here}/123456789012/a` }),
    ListDeadLetterSourceQueues: output({ ...kept, queueUrls: [`${here}/123456789012/c`] }),
    ListQueues: output({ ...kept, QueueUrls: [`${here}/123456789012/a`, `${here}/123456789012/b.fifo`] }),
  })
})

test('and these four are said to hand them out', (t) => {
  t.deepEqual(linking.toSorted(), ['CreateQueue', 'GetQueueUrl', 'ListDeadLetterSourceQueues', 'ListQueues'])
})

test('a list that is not there stays away', (t) => {
  const given = output({ NextToken: 'x' })
  t.is(localize(given, callOf('ListQueues'), ends), given)
})

for (const [upstream, url, wanted] of [
  [there, 'https://queue.amazonaws.com/123456789012/a', `${here}/123456789012/a`],
  [
    'http://localstack:4566',
    'http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/a',
    `${here}/000000000000/a`,
  ],
  [
    'http://localstack:4566',
    'http://localhost:4566/queue/eu-west-1/000000000000/a',
    `${here}/queue/eu-west-1/000000000000/a`,
  ],
  ['http://pipit:3000/s/green', 'http://pipit:3000/s/green/000000000000/a', `${here}/000000000000/a`],
  ['http://elasticmq:9324', 'http://localhost:9324/queue/a', `${here}/queue/a`],
  ['http://odd', 'a', 'a'],
] as const) {
  test(`${url} of ${upstream} is handed out as ${wanted}`, (t) => {
    const result = localize(output({ QueueUrl: url }), callOf('CreateQueue'), { here, there: upstream })
    t.deepEqual(result, output({ QueueUrl: wanted }))
  })
}

test('what is handed out leads to the same path again, from everywhere to everywhere', (t) => {
  const segment = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)
  const name = segment.filter((text) => !['s', 'sqs'].includes(text))
  const place = fc.record({
    session: fc.option(
      segment.map((session) => `/s/${session}`),
      { nil: '' },
    ),
    prefix: fc.constantFrom('', '/sqs'),
  })
  t.notThrows(() =>
    fc.assert(
      fc.property(
        place,
        fc.constantFrom('', '/base', '/s/green'),
        fc.array(name, { minLength: 1, maxLength: 4 }),
        (at, base, path) => {
          const upstream = `http://upstream:4566${base}`
          const url = `${upstream}/${path.join('/')}`
          const local = localize(output({ QueueUrl: url }), callOf('GetQueueUrl'), {
            here: `http://localhost:3000${at.session}${at.prefix}`,
            there: upstream,
          })
          if (local.kind !== 'output') return false
          const handedOut = String(local.output['QueueUrl'])
          return handedOut.startsWith('http://localhost:3000/') && queueUrlElsewhere(handedOut, upstream) === url
        },
      ),
    ),
  )
})

const refused = (message: string, queryMessage?: string): Result => ({
  kind: 'error',
  error: {
    shape: 'InvalidAddress',
    code: 'InvalidAddress',
    status: 404,
    fault: 'Sender',
    message,
    ...(queryMessage !== undefined && { query: { status: 400, message: queryMessage } }),
  },
})

test('an error that quotes the other server quotes this one', (t) => {
  t.deepEqual(
    localize(
      refused(`The queue ${there}/123456789012/a is gone.`, 'The address https://queue.amazonaws.com/ is not valid.'),
      callOf('SendMessage'),
      ends,
    ),
    refused(`The queue ${here}/123456789012/a is gone.`, `The address ${here} is not valid.`),
  )
  t.deepEqual(localize(refused(`no ${there}/1/a`), callOf('SendMessage'), ends), refused(`no ${here}/1/a`))
})

test('an error that quotes somebody else, or nobody, is the very same', (t) => {
  for (const text of ['see https://docs.aws.amazon.com/sqs', 'http://', 'nothing']) {
    for (const given of [refused(text), refused(text, text)]) t.is(localize(given, callOf('SendMessage'), ends), given)
  }
})
