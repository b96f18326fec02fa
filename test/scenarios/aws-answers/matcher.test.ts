import { readFileSync } from 'node:fs'
import test from 'ava'
import { Matcher } from './matcher.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }
const recordings = JSON.parse(readFileSync('test/data/aws-answers.json', 'utf8')) as Record<string, { content: Json }>

const VALUES: Readonly<Record<string, (number: string) => string>> = {
  'receipt-handle': (number) => `AQEB/handle+${number}==`,
  uuid: (number) => `8c5a1f3e-0000-4000-8000-${number.padStart(12, '0')}`,
  'sequence-number': (number) => number.padStart(20, '1'),
  'sender-id': (number) => `AIDA000000000000000${number}`,
  'task-handle': (number) => `eyJ0YXNrSWQi${number}==`,
  resource: (number) => `queue-${number}.fifo`,
  partition: () => 'aws',
  region: () => 'moon-base-alpha',
}
const TIMES: Readonly<Record<string, Json>> = {
  CreatedTimestamp: '1767225600',
  LastModifiedTimestamp: '1767225600',
  SentTimestamp: '1767225600123',
  ApproximateFirstReceiveTimestamp: '1767225600456',
  StartedTimestamp: 1767225600123,
}

/** An answer that fits a recording: its tokens are filled in. */
function answerFor(recorded: unknown, name = ''): unknown {
  if (typeof recorded === 'string' && recorded.startsWith("b'")) {
    const text = recorded
      .slice(2, -1)
      .replaceAll(/\\x(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    return Buffer.from(text, 'latin1')
  }
  if (recorded === 'timestamp') return TIMES[name]
  if (typeof recorded === 'string')
    return recorded
      .replaceAll(/<([a-z-]+)(?::([0-9]+))?>/g, (_, kind: string, number: string | undefined) =>
        (VALUES[kind] as (n: string) => string)(number ?? ''),
      )
      .replaceAll('111111111111', '123456789012')
  if (Array.isArray(recorded)) return recorded.map((item) => answerFor(item))
  if (typeof recorded !== 'object' || recorded === null) return recorded
  const members = Object.entries(recorded).map(([member, value]) => {
    const isText = (member === 'Body' || member === 'Policy') && typeof value === 'object'
    return [member, isText ? JSON.stringify(answerFor(value)) : answerFor(value, member)]
  })
  return Object.fromEntries(members)
}

/** Every way to get one thing wrong in an answer, one at a time. */
function* mistakes(answer: unknown): Generator<{ readonly what: string; readonly answer: unknown }> {
  if (Buffer.isBuffer(answer)) {
    yield { what: 'another byte', answer: Buffer.concat([answer, Buffer.of(0)]) }
    yield { what: 'bytes as text', answer: answer.toString('base64') }
  } else if (Array.isArray(answer)) {
    const list: readonly unknown[] = answer
    yield { what: 'one item more', answer: [...list, list[0]] }
    for (const [index, item] of list.entries()) {
      yield { what: `without ${index}`, answer: list.toSpliced(index, 1) }
      for (const wrong of mistakes(item))
        yield { what: `${index}.${wrong.what}`, answer: list.with(index, wrong.answer) }
    }
  } else if (typeof answer === 'object' && answer !== null) {
    yield { what: 'one member more', answer: { ...answer, Extra: '1' } }
    yield { what: 'a list', answer: [answer] }
    for (const [name, member] of Object.entries(answer)) {
      const { [name]: _, ...others } = answer as Record<string, unknown>
      yield { what: `without ${name}`, answer: others }
      yield { what: `null ${name}`, answer: { ...answer, [name]: member === null ? '' : null } }
      for (const wrong of mistakes(member))
        yield { what: `${name}.${wrong.what}`, answer: { ...answer, [name]: wrong.answer } }
    }
  } else if (typeof answer === 'string') {
    yield { what: `another text`, answer: `${answer}!` }
    yield { what: 'no text', answer: '' }
    yield { what: 'a list of it', answer: [answer] }
  } else if (typeof answer === 'number') {
    yield { what: 'another number', answer: answer + 0.5 }
    yield { what: 'its text', answer: String(answer) }
  } else if (typeof answer === 'boolean') {
    yield { what: 'the other', answer: !answer }
    yield { what: 'its text', answer: String(answer) }
  } else {
    yield { what: 'text for null', answer: 'null' }
  }
}

test('an answer that fits matches, for each recording', (t) => {
  for (const [name, { content }] of Object.entries(recordings))
    t.deepEqual(new Matcher().differences(content, answerFor(content), ''), [], name)
})

test('any one mistake in an answer is found, for each recording', (t) => {
  const missed: string[] = []
  let count = 0
  for (const [name, { content }] of Object.entries(recordings))
    for (const wrong of mistakes(answerFor(content))) {
      count++
      if (new Matcher().differences(content, wrong.answer, '').length === 0) missed.push(`${name}: ${wrong.what}`)
    }
  t.deepEqual(missed, [])
  t.true(count > 10_000, `${count} mistakes were tried`)
})

const A = '8c5a1f3e-0000-4000-8000-00000000000a'
const B = '8c5a1f3e-0000-4000-8000-00000000000b'

for (const { title, recorded, actual, problems } of [
  {
    title: 'the same token is the same value everywhere',
    recorded: { sent: '<uuid:1>', received: '<uuid:1>' },
    actual: { sent: A, received: B },
    problems: [`.received: <uuid:1> was '${A}' before, here '${B}'`],
  },
  {
    title: 'another token is another value',
    recorded: { first: '<uuid:1>', second: '<uuid:2>' },
    actual: { first: A, second: A },
    problems: [`.second: '${A}' was <uuid:1> before, here <uuid:2>`],
  },
  {
    title: 'a token within a text is bound like any other',
    recorded: { handle: '<receipt-handle:1>', message: 'Value <receipt-handle:1> is invalid.' },
    actual: { handle: 'AQEBa', message: 'Value AQEBb is invalid.' },
    problems: [".message: <receipt-handle:1> was 'AQEBa' before, here 'AQEBb'"],
  },
  {
    title: 'the account is one account',
    recorded: [
      'arn:<partition>:sqs:<region>:111111111111:<resource:1>',
      'arn:<partition>:iam::111111111111:<resource:2>',
    ],
    actual: ['arn:aws:sqs:mars-1:123456789012:orders', 'arn:aws:iam::210987654321:root'],
    problems: [".1: 111111111111 was '123456789012' before, here '210987654321'"],
  },
  {
    title: 'a time has the form of its member',
    recorded: { SentTimestamp: 'timestamp', CreatedTimestamp: 'timestamp', StartedTimestamp: 'timestamp' },
    actual: { SentTimestamp: '1767225600', CreatedTimestamp: 1767225600, StartedTimestamp: '1767225600123' },
    problems: [
      ".SentTimestamp: no SentTimestamp: '1767225600'",
      '.CreatedTimestamp: no CreatedTimestamp: 1767225600',
      ".StartedTimestamp: no StartedTimestamp: '1767225600123'",
    ],
  },
  {
    title: 'a policy is text, not an object',
    recorded: { Policy: { Version: '2008-10-17' } },
    actual: { Policy: { Version: '2008-10-17' } },
    problems: [".Policy: no JSON text: { Version: '2008-10-17' }"],
  },
  {
    title: 'what was absent is absent',
    recorded: { ResponseMetadata: {} },
    actual: { ResponseMetadata: {}, Messages: [] },
    problems: ['.Messages: absent in the recording, here []'],
  },
])
  test(title, (t) => {
    const differences = new Matcher().differences(recorded, actual, '')
    t.deepEqual(
      differences.map(({ path, problem }) => `${path}: ${problem}`),
      problems,
    )
  })

test('a token that nobody knows is a mistake of the recording, not a text', (t) => {
  t.throws(() => new Matcher().differences('<queue-name>', 'orders', 'it'), { message: /unknown token: <queue-name>/ })
})
