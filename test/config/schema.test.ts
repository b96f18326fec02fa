import test from 'ava'
import * as v from 'valibot'
import { schema, settings } from '../../src/config/schema.ts'

test('every option has a flag and a variable of its own, and says what it is', (t) => {
  t.is(new Set(settings.map(({ flag }) => flag)).size, settings.length)
  t.is(new Set(settings.map(({ env }) => env)).size, settings.length)
  for (const { flag, env, what } of settings) {
    t.regex(flag, /^[a-z]+(-[a-z]+)*$/)
    t.regex(env, /^(PIPIT_[A-Z_]+|PORT)$/)
    t.regex(what, /^[A-Za-z].{10,}[^.]$/)
  }
})

test('every default is accepted by its own option', (t) => {
  for (const { path, fallback } of settings) {
    const document = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), fallback)
    t.true(v.is(schema, document), path.join('.'))
  }
})

test('what is resolved can be written down and reads the same', (t) => {
  for (const { path, written } of settings) {
    if (written === undefined) continue
    const values: Record<string, unknown> = {
      listen: [
        { host: undefined, port: 1 },
        { host: '::1', port: 2 },
      ],
      tlsListen: [{ host: undefined, port: 443 }],
      faults: [{ entries: ['half-open'] }],
      monitors: [{ listen: { host: '::1', port: 3001 }, target: { host: 'localhost', port: 3000 } }],
      'services.sqs.queues': [
        { name: 'a', attributes: { DelaySeconds: '1' }, dlq: { name: 'b', maxReceiveCount: 3 } },
        { name: 'b', attributes: {} },
      ],
      mode: { '*': 'mock', sqs: 'forward' },
      upstream: { sqs: { to: 'url', url: 'http://moto:5000', sign: false, region: undefined } },
      only: { '*': ['queue:a*'] },
      operations: { sqs: ['Get*'] },
      readOnly: { '*': true },
      confirmAccount: {},
    }
    const value = values[path.join('.')]
    t.not(value, undefined, `say here what ${path.join('.')} may be`)
    const document = path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), written(value as never))
    const read = path.reduce<unknown>((tree, key) => (tree as Record<string, unknown>)[key], v.parse(schema, document))
    // Of faults the config knows the sources, too.
    t.deepEqual(read, path[0] === 'faults' ? ['half-open'] : value)
  }
})

const accepted: readonly [title: string, document: unknown, output: unknown][] = [
  [
    'a list of addresses as text',
    { listen: ':1, :2,' },
    {
      listen: [
        { host: undefined, port: 1 },
        { host: undefined, port: 2 },
      ],
    },
  ],
  ['a public URL with a slash at its end', { publicUrl: 'HTTP://Pipit:80/' }, { publicUrl: 'http://pipit' }],
  ['strict as a whole', { strict: true }, { strict: { recreateDelay: true, purgeDelay: true } }],
  ['strict in part', { strict: { purgeDelay: true } }, { strict: { purgeDelay: true } }],
  [
    'attributes that are not text',
    { services: { sqs: { queues: { a: { A: 1, B: true, C: { d: [1] }, D: 'x' } } } } },
    { services: { sqs: { queues: [{ name: 'a', attributes: { A: '1', B: 'true', C: '{"d":[1]}', D: 'x' } }] } } },
  ],
  [
    'a queue without attributes, and without a dead-letter queue',
    { services: { sqs: { queues: { a: null, b: { dlq: null } } } } },
    {
      services: {
        sqs: {
          queues: [
            { name: 'a', attributes: {} },
            { name: 'b', attributes: {} },
          ],
        },
      },
    },
  ],
]

for (const [title, document, output] of accepted) {
  test(`accepted: ${title}`, (t) => {
    t.deepEqual(v.parse(schema, document) as unknown, output)
  })
}

for (const publicUrl of [
  'pipit:3000',
  'ftp://pipit',
  'http://pipit/sqs',
  'http://u:p@pipit',
  'http://pipit?x',
  'http://pipit#x',
  '',
]) {
  test(`not a public URL: ${JSON.stringify(publicUrl)}`, (t) => {
    t.false(v.is(schema, { publicUrl }))
  })
}
