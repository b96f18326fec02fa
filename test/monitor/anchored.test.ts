import test from 'ava'
import type { Delivery, Place } from '../../src/core/exchange.ts'
import { anchored } from '../../src/monitor/anchored.ts'
import { ascii } from './lab.ts'

const head = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n'
const cutAt = (place: Place, first: string): number | undefined => {
  const [delivery] = anchored([{ kind: 'cut', at: place, ending: 'reset' }], ascii(first))
  return delivery?.kind === 'cut' && 'at' in delivery.at ? delivery.at.at : undefined
}

for (const [title, place, first, at] of [
  ['half of the body, whose length the head says', { part: 'body', fraction: 0.5 }, `${head}{`, head.length + 50],
  ['half of the head', { part: 'head', fraction: 0.5 }, head, Math.floor(head.length / 2)],
  ['all of the body', { part: 'body', fraction: 1 }, head, head.length + 100],
  ['a byte less than all', { part: 'body', fraction: 0.9999 }, head, head.length + 99],
  [
    'half of a body of chunks, as far as it is here',
    { part: 'body', fraction: 0.5 },
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd',
    47 + 3,
  ],
  ['half of what is no HTTP', { part: 'body', fraction: 0.5 }, '+PONG\r\n', 3],
  ['half of the head of what has none', { part: 'head', fraction: 0.5 }, '+PONG\r\n', 3],
  ['a byte that was said', { part: 'body', at: 7 }, head, 7],
] as const)
  test(`${title}: byte ${at}`, (t) => {
    t.is(cutAt(place, first), at)
  })

test('what has no place stays, and noise has one', (t) => {
  const wait: Delivery = { kind: 'wait', ms: 5 }
  const noise: Delivery = { kind: 'garbage', from: { part: 'body', fraction: 0.5 }, seed: 1 }
  t.deepEqual(anchored([wait, noise], ascii('abcd')), [wait, { ...noise, from: { part: 'body', at: 2 } }])
})
