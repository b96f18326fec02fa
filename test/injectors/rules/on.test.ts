import test from 'ava'
import * as v from 'valibot'
import { complaint } from '../../../src/config/complaints.ts'
import type { Result } from '../../../src/core/exchange.ts'
import { compileOn, type On, onSchema } from '../../../src/injectors/rules/on.ts'
import { sqs } from '../../../src/sqs/service.ts'
import { answer, lab, NOTE, type WantedCall } from './lab.ts'

for (const [on, call, skippedBy] of [
  [{}, {}, undefined],
  [{ service: 'sqs' }, {}, undefined],
  [{ operation: 'ReceiveMessage' }, {}, 'operation'],
  [{ operation: ['ReceiveMessage', 'Send*'] }, {}, undefined],
  [{ operation: { not: 'ReceiveMessage' } }, {}, undefined],
  [{ operation: 'SendMessage' }, { operation: undefined }, 'operation'],
  [{ queue: 'orders' }, {}, undefined],
  [{ queue: '/^ord/' }, {}, undefined],
  [{ queue: 'orders-*' }, {}, 'queue'],
  [{ queue: 'orders' }, { operation: 'CreateQueue', input: { QueueName: 'orders' } }, undefined],
  [{ attempt: 1 }, { attempt: 1 }, undefined],
  [{ attempt: 1 }, { attempt: 2 }, 'attempt'],
  [{ attempt: 1 }, {}, 'attempt'],
  [{ region: 'eu-*' }, { caller: { region: 'eu-west-1' } }, undefined],
  [{ region: 'eu-*' }, {}, 'region'],
  [{ account: '000000000000' }, {}, undefined],
  [{ accessKey: 'other' }, {}, 'accessKey'],
  [{ session: 'default' }, {}, undefined],
  [{ session: 'blue' }, {}, 'session'],
  [{ protocol: 'awsQuery' }, {}, 'protocol'],
  [{ header: { 'User-Agent': '*boto3*' } }, { headers: { 'user-agent': 'x boto3/1' } }, undefined],
  [{ header: { 'user-agent': '*boto3*' } }, {}, 'header'],
  [{ header: { 'user-agent': { not: '*boto3*' } } }, {}, undefined],
  [{ body: { 'MessageBody.id': 7 } }, { body: '{"id":7}' }, undefined],
  [{ body: { 'MessageBody.id': 7 } }, { body: '{"id":8}' }, 'body'],
  [{ body: { 'MessageBody.id': { not: 7 } } }, { body: 'text' }, undefined],
  [{ body: { MessageBody: 'x' } }, { operation: undefined }, 'body'],
  [{ not: { operation: 'SendMessage', queue: 'other' } }, {}, undefined],
  [{ not: { operation: 'SendMessage', queue: 'orders' } }, {}, 'not'],
  [{ not: { body: { MessageBody: 'hello' } } }, {}, 'not'],
  [{ operation: 'ReceiveMessage', queue: 'other', attempt: 2 }, {}, 'operation'],
] as readonly [On, WantedCall, string | undefined][])
  test(`${JSON.stringify(on)} ${skippedBy === undefined ? 'holds' : 'does not hold'} for ${JSON.stringify(call)}`, async (t) => {
    const { pass, report } = lab({ faults: [{ id: 'r', on, do: NOTE }] })
    await pass(call)
    const { considered, matched, skippedBy: reasons } = report('r')
    t.is(considered, 1)
    t.is(matched, skippedBy === undefined ? 1 : 0)
    t.deepEqual(reasons, skippedBy === undefined ? {} : { [skippedBy]: 1 })
  })

const refused: Result = {
  kind: 'error',
  error: { shape: 'OverLimitShape', code: 'OverLimit', status: 403, fault: 'Sender', message: 'no' },
}
const receipt: Result = { kind: 'output', output: { Messages: [{ Body: '{"id":7}' }] } }

for (const [response, outcome, isHeld] of [
  [{ status: 200 }, answer(), true],
  [{ status: '5*' }, answer(), false],
  [{ status: 403, error: 'OverLimit' }, answer(refused, 403), true],
  [{ error: 'OverLimitShape' }, answer(refused, 403), true],
  [{ error: 'Other' }, answer(refused, 403), false],
  [{ error: '*' }, answer(), false],
  [{ body: { 'Messages.*.Body.id': 7 } }, answer(receipt), true],
  [{ body: { 'Messages.*.Body.id': 8 } }, answer(receipt), false],
  [{ status: 200 }, { kind: 'failure', failure: { ending: 'reset', reason: '' } }, false],
] as readonly [NonNullable<On['response']>, ReturnType<typeof answer>, boolean][])
  test(`an answer ${isHeld ? 'is' : 'is not'} one of ${JSON.stringify(response)}: ${outcome.kind}`, async (t) => {
    const { pass, report } = lab({ faults: [{ id: 'r', on: { response }, do: { reset: 'after-commit' } }] })
    const { executed } = await pass({}, { hop: () => outcome })
    t.is(executed, 1)
    const counts = isHeld
      ? { matched: 1, fired: 1, skippedBy: {} }
      : { matched: 0, fired: 0, skippedBy: { response: 1 } }
    t.like(report('r'), counts)
  })

const schema = onSchema([sqs()])

for (const [on, expected] of [
  [{ queue: null }, 'queue: expected a text, a number, a list of them, or { not: … }, got null'],
  [{ header: 'x' }, 'header: expected a mapping of names to patterns, got "x"'],
  [{ body: { 'a b': 1 } }, 'body["a b"]: expected a path like MessageBody.order.id or Entries[0].Id'],
  [
    { not: { operation: 'SendMesage' } },
    'not.operation: unknown operation "SendMesage" (did you mean "SendMessage"?), got "SendMesage"',
  ],
  [{ not: { not: {} } }, /^not\.not: unknown key, expected one of service, /],
  [{ response: { sttus: 1 } }, 'response.sttus: unknown key (did you mean "status"?)'],
  [
    { body: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`a${i}`, 1])) },
    /^body: expected at most 50 names/,
  ],
] as const)
  test(`${JSON.stringify(on).slice(0, 60)} is refused`, (t) => {
    const [issue] = v.safeParse(schema, on).issues ?? []
    if (issue === undefined) return t.fail()
    const told = complaint({ tree: on, namesPaths: true, locate: () => '' }, issue).trim()
    if (typeof expected === 'string') t.is(told, expected)
    else t.regex(told, expected)
  })

test('conditions on places and on requests are kept apart, since rules are looked up by the first', (t) => {
  const { place, request, response } = compileOn({ queue: 'a', attempt: 1, body: { a: 1 }, not: { queue: 'b' } }, [
    sqs(),
  ])
  t.deepEqual(
    [...place, ...request].map(({ reason }) => reason),
    ['queue', 'attempt', 'body', 'not'],
  )
  t.is(response, undefined)
})
