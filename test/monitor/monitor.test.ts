import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import type { Audience } from '../../src/monitor/audience.ts'
import { Bystander } from '../../src/monitor/bystander.ts'
import { Monitor } from '../../src/monitor/monitor.ts'
import { readerFor } from '../../src/monitor/reading.ts'
import { ascii } from './lab.ts'

const monitor = (...audiences: Audience[]): Monitor =>
  new Monitor({ target: 'localhost:3000', audiences, clock: new VirtualClock(), read: readerFor([], 'us-east-1') })

test('connections and exchanges are numbered, each from 1', (t) => {
  const told: string[] = []
  const watch = monitor({
    connected: ({ id, client, target }) => told.push(`connected ${id} ${client} ${target}`),
    arrived: ({ id, connection }) => told.push(`c${connection.id} #${id}`),
  })
  const [one, two] = [watch.open('a'), watch.open('b')]
  for (const tap of [one, two]) tap.connected()
  for (const tap of [one, two, one]) tap.fromClient(ascii('GET / HTTP/1.1\r\n\r\n'))
  t.deepEqual(told, ['connected 1 a localhost:3000', 'connected 2 b localhost:3000', 'c1 #1', 'c2 #2', 'c1 #3'])
})

test('everybody who listens is told of everything', (t) => {
  const told: string[] = []
  const listener = (name: string): Audience => ({
    connected: () => told.push(`${name} connected`),
    arrived: () => told.push(`${name} arrived`),
    ended: () => told.push(`${name} ended`),
    raw: () => told.push(`${name} raw`),
    broke: () => told.push(`${name} broke`),
    closed: () => told.push(`${name} closed`),
  })
  const tap = monitor(listener('a'), listener('b'), {}).open('c')
  tap.connected()
  tap.fromClient(ascii('GET / HTTP/1.1\r\n\r\n'))
  tap.fromServer(ascii('HTTP/1.1 101 x\r\n\r\nx'))
  tap.broke('client', 'ECONNRESET')
  tap.closed()
  const kinds = ['connected', 'arrived', 'ended', 'raw', 'broke', 'closed']
  t.deepEqual(
    told,
    kinds.flatMap((kind) => [`a ${kind}`, `b ${kind}`]),
  )
})

test('where nobody wants to know of exchanges, nobody looks for them', (t) => {
  const told: string[] = []
  const tap = monitor({ broke: (_, { code }) => told.push(code) }, {}).open('c')
  t.true(tap instanceof Bystander)
  tap.broke('server', 'ECONNREFUSED')
  t.deepEqual(told, ['ECONNREFUSED'])
})
