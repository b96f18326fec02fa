import test from 'ava'
import type { Exchange } from '../../src/core/exchange.ts'
import { mutate } from '../../src/injectors/mutate.ts'
import { act, answerOf, bodyOf, complaint, responseOf, SENT } from './acting.ts'

test('the result is another one, in both protocols', async (t) => {
  const json = await act(mutate, { merge: { MessageId: 'other', SequenceNumber: '5' } })
  t.deepEqual(JSON.parse(bodyOf(json)), { ...SENT, MessageId: 'other', SequenceNumber: '5' })
  t.deepEqual(json.happened, ['after-commit mutate'])
  t.is(json.executed, 1)
  t.like(responseOf(json).result, { output: { MessageId: 'other' } })
  const query = await act(mutate, { merge: { MessageId: null } }, { protocol: 'query' })
  t.regex(bodyOf(query), /^<\?xml[^]*<MD5OfMessageBody>/)
  t.notRegex(bodyOf(query), /<MessageId>/)
})

test('headers are replaced, added, taken away; the status too', async (t) => {
  const acted = await act(mutate, {
    headers: { 'content-type': 'text/plain', 'X-New': '1', 'x-amzn-requestid': null },
    status: 203,
  })
  t.deepEqual(responseOf(acted).response, {
    status: 203,
    rawHeaders: ['content-type', 'text/plain', 'X-New', '1'],
    body: JSON.stringify(SENT),
  })
  t.deepEqual(responseOf(acted).result, { kind: 'output', output: SENT })
})

test('headers and status of an answer from elsewhere stay when its result changes', async (t) => {
  const acted = await act(
    mutate,
    { merge: { MessageId: 'other' } },
    {
      next: (exchange) => {
        const answer = responseOf({ outcome: answerOf(exchange) })
        return { ...answer, response: { ...answer.response, status: 202, rawHeaders: ['X-Theirs', '1'] } }
      },
    },
  )
  t.like(responseOf(acted).response, { status: 202, rawHeaders: ['X-Theirs', '1'] })
})

test('where nobody knows the result it is left as it is, and nothing is reported', async (t) => {
  const unknown = { kind: 'response', response: { status: 200, rawHeaders: [], body: 'x' } } as const
  const { outcome, happened } = await act(mutate, { merge: { a: 1 } }, { next: () => unknown })
  t.is(outcome, unknown)
  t.deepEqual(happened, [])
})

test('what cannot be said in the protocol of the caller is not said', async (t) => {
  const receive = { operation: 'ReceiveMessage', input: { QueueUrl: 'http://localhost/000000000000/q' } }
  const next = (exchange: Exchange) => answerOf(exchange, { Messages: [{ MessageId: 'a' }] })
  const given = { merge: { Messages: 'none' } }
  for (const [protocol, body] of [
    ['json', /"MessageId":"a"/],
    ['query', /<MessageId>a<\/MessageId>/],
  ] as const) {
    const acted = await act(mutate, given, { ...receive, next, protocol })
    t.regex(bodyOf(acted), body)
    t.deepEqual(acted.happened, [])
  }
})

for (const [given, text] of [
  [{}, 'expected one of headers, status, merge'],
  [{ merge: [1] }, 'merge: expected a mapping: what is to change in the result'],
  [{ header: {} }, 'header: unknown key (did you mean "headers"?)'],
] as const)
  test(`${JSON.stringify(given)} changes nothing`, (t) => {
    t.is(complaint(mutate, given), text)
  })
