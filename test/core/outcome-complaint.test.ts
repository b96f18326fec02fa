import test from 'ava'
import type { Outcome } from '../../src/core/exchange.ts'
import { outcomeComplaint } from '../../src/core/outcome-complaint.ts'

const response = { status: 200, rawHeaders: ['Content-Type', 'text/plain'], body: 'hello' }

const right: readonly Outcome[] = [
  { kind: 'response', response },
  { kind: 'response', response: { ...response, body: Buffer.alloc(3) }, delivery: [], result: undefined as never },
  { kind: 'failure', failure: { ending: 'reset', reason: 'because' } },
]
for (const [at, outcome] of right.entries())
  test(`outcome ${at} is one`, (t) => {
    t.is(outcomeComplaint(outcome), undefined)
  })

for (const [what, given, complaint] of [
  ['nothing', undefined, /^answers nothing: return what next\(exchange\) gives$/],
  ['null', null, /^answers neither/],
  ['a text', 'ok', /^answers neither/],
  ['another kind', { kind: 'answer', response }, /^answers neither a response nor a failure/],
  ['a response that is not there', { kind: 'response' }, /status/],
  ['no status', { kind: 'response', response: { ...response, status: '200' } }, /a status from 200 to 999/],
  ['an interim status', { kind: 'response', response: { ...response, status: 100 } }, /a status from 200 to 999/],
  ['headers as an object', { kind: 'response', response: { ...response, rawHeaders: {} } }, /rawHeaders/],
  ['half a header', { kind: 'response', response: { ...response, rawHeaders: ['A'] } }, /rawHeaders/],
  ['a number for a header', { kind: 'response', response: { ...response, rawHeaders: ['A', 1] } }, /rawHeaders/],
  ['an object for a body', { kind: 'response', response: { ...response, body: {} } }, /a body, a text or a Buffer/],
  ['no ending', { kind: 'failure', failure: { reason: 'x' } }, /an ending: reset, close, hang/],
  ['no reason', { kind: 'failure', failure: { ending: 'hang' } }, /a reason/],
] as const)
  test(`${what} is none`, (t) => {
    t.regex(outcomeComplaint(given) ?? 'no complaint', complaint)
  })
