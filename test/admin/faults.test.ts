import test from 'ava'
import fc from 'fast-check'
import { faultRoutes } from '../../src/admin/faults.ts'
import { lab, type LabOptions, NOTE } from '../injectors/rules/lab.ts'
import { asking } from './plane.ts'

const LOST = { id: 'lost', on: { operation: 'SendMessage' }, do: { reset: 'after-commit' } }

function plane(options: LabOptions = {}) {
  const world = lab(options)
  const { sessions, faults } = world
  return { ...world, ask: asking(faultRoutes({ sessions, faults })) }
}

test('a rule is added, or several, in any form, and comes back as it was written', async (t) => {
  const { ask } = plane()
  const one = await ask('POST', '/_pipit/faults', { body: LOST })
  t.is(one.status, 201)
  t.deepEqual(one.body, { seed: 42, faults: [{ ...LOST, at: 'client', enabled: true }] })
  const several = await ask('POST', '/_pipit/faults', {
    body: ['sqs.SendMessage@orders first=2 error RequestThrottled', 'half-open', { do: NOTE }],
  })
  t.deepEqual(
    several.body.faults.map(({ id }: { id: string }) => id.replace(/-[0-9a-f]{4}$/, '')),
    ['error-SendMessage', 'half-open', 'note'],
  )
  t.like((await ask('GET', '/_pipit/faults/lost')).body, { ...LOST, considered: 0, fired: 0, skippedBy: {} })
})

const SENDS = { operation: 'SendMesage' }

for (const [title, body, complaint] of [
  [
    'an unknown operation',
    { on: SENDS, do: NOTE },
    'the body on.operation: unknown operation "SendMesage" (did you mean "SendMessage"?), got "SendMesage"',
  ],
  [
    'an unknown service',
    { on: { service: 'sqa' }, do: NOTE },
    'the body on.service: unknown service "sqa" (did you mean "sqs"?), got "sqa"',
  ],
  ['an unknown effect', { do: { latancy: 5 } }, 'the body do.latancy: unknown key (did you mean "latency"?)'],
  [
    'a wrong value of an effect',
    { do: [{ latency: '5 apples' }] },
    'the body do[0].latency: expected a duration like "200ms", got "5 apples"',
  ],
  [
    'an unknown error',
    { do: { error: 'RequestThrotled' } },
    'the body do.error: no service has an error "RequestThrotled" (did you mean "RequestThrottled"?); one that nobody knows needs a status, got "RequestThrotled"',
  ],
  [
    'an unknown condition',
    { on: { opertion: 'SendMessage' }, do: NOTE },
    'the body on.opertion: unknown key (did you mean "operation"?)',
  ],
  [
    'an unknown frequency',
    { when: { frist: 1 }, do: NOTE },
    'the body when.frist: unknown key (did you mean "first"?)',
  ],
  [
    'an unknown leg',
    { at: 'cleint', do: NOTE },
    'the body at: expected one of client, mock, upstream, replay (did you mean "client"?), got "cleint"',
  ],
  ['an unknown disruption', { do: { 'sqs.redelver': {} } }, /^the body do\["sqs\.redelver"\]: unknown key/],
  [
    'an unknown injector',
    { do: { use: 'notte' } },
    'the body do.use: unknown injector "notte" (did you mean "note"?), got "notte"',
  ],
  ['an unknown preset', 'sqs-throtled', 'the body: there is no preset "sqs-throtled" (did you mean "sqs-throttled"?)'],
  [
    'a short form',
    'sqs.SendMesage reset after-commit',
    'the body: on.operation: unknown operation "SendMesage" (did you mean "SendMessage"?), got "SendMesage"',
  ],
  [
    'a word of the control plane as id',
    { id: 'verify', do: NOTE },
    'the body id: is a word of the control plane: choose another id, got "verify"',
  ],
  ['nothing to do', { on: { queue: 'a' } }, 'the body do: missing'],
  [
    'no rule at all',
    5,
    'the body: expected a rule like { on: …, do: … }, its short form, or the name of a preset, got 5',
  ],
] as const)
  test(`${title} is refused with its path and the nearest word`, async (t) => {
    const { ask, faults } = plane()
    const { status, body: answer } = await ask('POST', '/_pipit/faults', {
      body: typeof body === 'string' ? JSON.stringify(body) : body,
    })
    t.is(status, 400)
    t.is(answer.code, 'bad-request')
    if (typeof complaint === 'string') t.is(answer.error, complaint)
    else t.regex(answer.error, complaint)
    t.deepEqual(faults.counted(undefined), [])
  })

test('one wrong rule of several and none of them is there; every mistake is told', async (t) => {
  const { ask } = plane()
  const { status, body } = await ask('POST', '/_pipit/faults', {
    body: [LOST, { do: { rest: 1 } }, { on: SENDS, do: NOTE }],
  })
  t.is(status, 400)
  t.regex(body.error, /\[1\]\.do\.rest: .*; .*\[2\]\.on\.operation: /)
  t.deepEqual((await ask('GET', '/_pipit/faults')).body.faults, [])
})

test('an id that is there is a conflict, and PUT replaces all', async (t) => {
  const { ask } = plane({ faults: [LOST] })
  t.like(await ask('POST', '/_pipit/faults', { body: LOST }), { status: 409, body: { code: 'conflict' } })
  t.is((await ask('PUT', '/_pipit/faults', { body: [{ id: 'a', do: NOTE }] })).status, 200)
  t.deepEqual(
    (await ask('GET', '/_pipit/faults')).body.faults.map(({ id }: { id: string }) => id),
    ['a'],
  )
  t.is((await ask('PUT', '/_pipit/faults', { body: [] })).status, 200)
})

test('a rule is changed, switched and taken away by its id', async (t) => {
  const { ask } = plane({ faults: [LOST, { id: 'b', do: NOTE }] })
  t.like((await ask('PATCH', '/_pipit/faults/lost', { body: { enabled: false } })).body, { ...LOST, enabled: false })
  t.is((await ask('PATCH', '/_pipit/faults/lost', { body: { when: { frist: 1 } } })).status, 400)
  t.is((await ask('PATCH', '/_pipit/faults/nobody', { body: {} })).status, 404)
  t.is((await ask('DELETE', '/_pipit/faults/lost')).status, 204)
  t.is((await ask('DELETE', '/_pipit/faults/lost')).status, 404)
  t.is((await ask('GET', '/_pipit/faults/lost')).status, 404)
  t.is((await ask('DELETE', '/_pipit/faults')).status, 204)
  t.deepEqual((await ask('GET', '/_pipit/faults')).body.faults, [])
})

test('below a session it is that session; without one, all of them, summed', async (t) => {
  const { ask, pass } = plane({ faults: [LOST] })
  t.is((await ask('POST', '/s/blue/_pipit/faults', { body: { id: 'own', do: NOTE } })).status, 201)
  t.is((await ask('POST', '/_pipit/faults?session=green', { body: { id: 'own', do: NOTE } })).status, 404)
  await pass({ session: 'blue' })
  await pass()
  const counts = async (target: string) =>
    (await ask('GET', target)).body.faults.map(({ id, session, fired }: Record<string, unknown>) => [
      id,
      session,
      fired,
    ])
  t.deepEqual(await counts('/s/blue/_pipit/faults'), [
    ['lost', undefined, 1],
    ['own', 'blue', 1],
  ])
  t.deepEqual(await counts('/_pipit/faults'), [
    ['lost', undefined, 2],
    ['own', 'blue', 1],
  ])
  t.deepEqual(await counts('/_pipit/faults?session=default'), [['lost', undefined, 1]])
})

test('a verification is met, or says why not', async (t) => {
  const { ask, pass } = plane({ faults: [LOST, { id: 'b', on: { attempt: 2 }, do: NOTE }] })
  await pass({ attempt: 1 })
  t.deepEqual((await ask('POST', '/_pipit/faults/verify', { body: { lost: { min: 1, max: 1 } } })).body, {
    ok: true,
    seed: 42,
    unused: ['b never fired: considered 1, matched 0: skipped by attempt 1'],
  })
  const unmet = await ask('POST', '/_pipit/faults/verify', { body: { b: {}, lost: { max: 0 } } })
  t.is(unmet.status, 409)
  t.deepEqual(unmet.body, {
    error:
      'b fired 0 times, expected at least 1: considered 1, matched 0: skipped by attempt 1\nlost fired once, expected at most 0',
    code: 'unmet',
    seed: 42,
    unmet: [
      'b fired 0 times, expected at least 1: considered 1, matched 0: skipped by attempt 1',
      'lost fired once, expected at most 0',
    ],
    unused: [],
  })
  t.is((await ask('POST', '/_pipit/faults/verify', { body: { nobody: {} } })).status, 404)
  t.is((await ask('POST', '/_pipit/faults/verify', { body: { lost: { mni: 1 } } })).status, 400)
})

test('where unused faults are an error, every fault has to fire', async (t) => {
  const { ask, pass } = plane({ faults: [LOST], unused: 'error' })
  t.is((await ask('POST', '/_pipit/faults/verify')).status, 409)
  await pass()
  t.is((await ask('POST', '/_pipit/faults/verify')).status, 200)
})

test('an export is of one session: the one in which something happened, or the one that is named', async (t) => {
  const { ask, pass } = plane({ faults: [{ ...LOST, when: { first: 1 } }] })
  t.deepEqual((await ask('GET', '/_pipit/faults/export')).body, {
    seed: 42,
    faults: [{ ...LOST, at: 'client', when: { keys: [] } }],
  })
  await pass({ session: 'blue' })
  const { faults } = (await ask('GET', '/_pipit/faults/export')).body
  t.regex(faults[0].when.keys[0], /^SendMessage orders [0-9a-f]{16}#1$/)
  await pass({ session: 'green' })
  const unclear = await ask('GET', '/_pipit/faults/export')
  t.is(unclear.status, 409)
  t.regex(unclear.body.error, /say which one, of blue, green/)
  t.is((await ask('GET', '/s/blue/_pipit/faults/export')).body.faults[0].when.keys.length, 1)
})

test('what is nested without measure is refused, and is no bug', async (t) => {
  const { ask } = plane()
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  for (const body of [deep, `{"do":{"mutate":{"merge":${deep}}}}`, `{"on":{"queue":${deep}},"do":"duplicate"}`]) {
    const { status, body: answer } = await ask('POST', '/_pipit/faults', { body })
    t.is(status, 400)
    t.regex(answer.error, /is nested too deeply, got …$/)
  }
})

test('what a service can do wrong is a word like all others', async (t) => {
  const { ask } = plane()
  const body = { on: { operation: 'ReceiveMessage' }, do: { 'sqs.reorder': { window: 3 } } }
  t.is((await ask('POST', '/_pipit/faults', { body })).status, 201)
  const wrong = await ask('POST', '/_pipit/faults', { body: { ...body, do: { 'sqs.reorder': { windw: 3 } } } })
  t.regex(wrong.body.error, /^the body do\["sqs\.reorder"\]\.windw: unknown key \(did you mean "window"\?\)/)
})

test('whatever is posted, it is a rule or refused', async (t) => {
  const { ask, faults } = plane()
  const rule = fc.record(
    {
      id: fc.oneof(fc.string(), fc.integer()),
      at: fc.constantFrom('client', 'mock', 'wire'),
      on: fc.dictionary(fc.constantFrom('queue', 'operation', 'body', 'not', 'response', 'x'), fc.jsonValue()),
      when: fc.dictionary(fc.constantFrom('first', 'rate', 'for', 'flap', 'keys', 'x'), fc.jsonValue()),
      do: fc.oneof(
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom('latency', 'reset', 'use', 'args', 'sqs.reorder'), fc.jsonValue()),
      ),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), rule, fc.array(rule, { maxLength: 3 })), async (body) => {
      const { status } = await ask('POST', '/_pipit/faults', { body: JSON.stringify(body) })
      t.true([201, 400, 409].includes(status), JSON.stringify(body))
      faults.remove(undefined)
    }),
    { numRuns: 500 },
  )
})
