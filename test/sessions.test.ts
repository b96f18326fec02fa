import test from 'ava'
import type { Caller } from '../src/core/exchange.ts'
import { DEFAULT_SESSION } from '../src/sessions.ts'
import { someSessions } from './admin/plane.ts'

const UNSIGNED: Caller = { accessKey: '', account: '000000000000', region: 'us-east-1', signingName: '' }

const request = (target: string, ...rawHeaders: string[]) => ({
  method: 'POST',
  target,
  rawHeaders,
  body: Buffer.alloc(0),
})

interface Said {
  readonly target?: string
  readonly accessKey?: string
  readonly agent?: string
}

const resolve = ({ target = '/sqs/', accessKey = '', agent }: Said, sessions = someSessions().sessions) =>
  sessions.resolve(request(target, ...(agent === undefined ? [] : ['User-Agent', agent])), { ...UNSIGNED, accessKey })

const rows: readonly [title: string, said: Said, name: string, prefix: string][] = [
  ['nothing', {}, DEFAULT_SESSION, ''],
  ['a path', { target: '/s/blue/sqs/' }, 'blue', '/s/blue'],
  ['a path and nothing behind it', { target: '/s/blue' }, 'blue', '/s/blue'],
  ['a path with a query', { target: '/s/blue?Action=ListQueues' }, 'blue', '/s/blue'],
  ['a path with an escape', { target: '/s/%62lue/sqs/' }, 'blue', '/s/%62lue'],
  ['an access key', { accessKey: 'pipit-blue' }, 'blue', ''],
  ['another access key', { accessKey: 'AKIDEXAMPLE' }, DEFAULT_SESSION, ''],
  ["boto3's User-Agent", { agent: 'Boto3/1.43 md/Botocore#1.43 app/pipit-blue' }, 'blue', ''],
  ["the JavaScript SDK's User-Agent", { agent: 'aws-sdk-js/3.1 ua/2.1 app/pipit-blue md/nodejs#20' }, 'blue', ''],
  ["an application's own name", { agent: 'Boto3/1.43 app/billing' }, DEFAULT_SESSION, ''],
  ['a word that ends like one', { agent: 'Boto3/1.43 webapp/pipit-blue' }, DEFAULT_SESSION, ''],
  ['path and key: the path', { target: '/s/blue/', accessKey: 'pipit-green' }, 'blue', '/s/blue'],
  ['key and agent: the key', { accessKey: 'pipit-green', agent: 'x app/pipit-blue' }, 'green', ''],
  ['a queue named s', { target: '/000000000000/s' }, DEFAULT_SESSION, ''],
]

for (const [title, said, name, prefix] of rows)
  test(`the session of ${title} is ${name}`, (t) => {
    const resolved = resolve(said)
    t.is(resolved.session.name, name)
    t.is(resolved.prefix, prefix)
    t.is(resolved.refusal, undefined)
  })

for (const said of [
  { target: '/s//sqs/' },
  { target: '/s/..%2Fetc/sqs/' },
  { target: `/s/${'x'.repeat(65)}/` },
  { target: '/s/%E0/' },
  { accessKey: 'pipit-' },
  { accessKey: 'pipit-a/b' },
])
  test(`a session that cannot be is refused: ${JSON.stringify(said)}`, (t) => {
    const { session, refusal } = resolve(said)
    t.is(session.name, DEFAULT_SESSION)
    t.is(refusal?.status, 400)
    t.regex(refusal?.message ?? '', /a session has a name of 1 to 64/)
  })

test('who names a session twice means the same one', (t) => {
  const { sessions } = someSessions()
  const one = resolve({ target: '/s/blue/' }, sessions).session
  t.is(resolve({ accessKey: 'pipit-blue' }, sessions).session, one)
  t.is(sessions.find('blue'), one)
  t.is(sessions.open('blue'), one)
  t.throws(() => sessions.create('blue'), { message: /there is a session blue/ })
})

test('there is a limit to how many there are, and the message says what to do', (t) => {
  const { sessions } = someSessions([])
  for (let i = 1; i < 10_000; i++) sessions.open(`s${i}`)
  const { refusal } = resolve({ target: '/s/one-more/' }, sessions)
  t.regex(refusal?.message ?? '', /there are 10000 sessions: delete those whose tests are over/)
  sessions.remove('s1')
  t.is(resolve({ target: '/s/one-more/' }, sessions).refusal, undefined)
})

test('a session without a request for an hour is over; one with a long poll open, and the default one, are not', (t) => {
  const { sessions, wall, released } = someSessions()
  sessions.open('idle')
  const waiting = sessions.open('waiting')
  const used = sessions.open('used')
  waiting.begin()
  wall.advance(30 * 60_000)
  used.begin()
  used.end()
  wall.advance(31 * 60_000)
  t.deepEqual(
    [...sessions.all()].map(({ name }) => name),
    ['default', 'waiting', 'used'],
  )
  t.deepEqual(released, ['idle'])
  waiting.end()
  wall.advance(62 * 60_000)
  t.deepEqual(
    [...sessions.all()].map(({ name }) => name),
    ['default'],
  )
})
