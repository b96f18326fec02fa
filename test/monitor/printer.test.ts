import test from 'ava'
import { parseFilter } from '../../src/journal/filter.ts'
import { Printer } from '../../src/monitor/printer.ts'
import type { Verbosity, Voice } from '../../src/monitor/voice.ts'
import { ascii, conversation, jsonAnswer, jsonCall, newClock } from './lab.ts'

/** Says no more than what happened. */
const voice: Voice = {
  started: () => '',
  note: () => '',
  connected: () => 'connected\n',
  arrived: ({ id }) => `arrived ${id}\n`,
  waiting: ({ id }, forMs) => `waiting ${id} ${forMs}\n`,
  ended: ({ id }) => `ended ${id}\n`,
  raw: (_, { from, bytes, sizeBytes, isFirst }) => `raw ${from} ${sizeBytes} ${isFirst} ${bytes.toString('latin1')}\n`,
  broke: (_, { side }) => `broke ${side}\n`,
  closed: () => 'closed\n',
}

function printing(filter?: string, verbosity: Verbosity = 0) {
  const printed: string[] = []
  const clock = newClock()
  const audience = new Printer({
    voice,
    verbosity,
    clock,
    write: (text) => printed.push(...text.trimEnd().split('\n')),
    filter: filter === undefined ? undefined : parseFilter(filter),
  })
  const lab = conversation({ clock, audience })
  printed.length = 0
  return { ...lab, printed }
}

const list = jsonCall('ListQueues', {})
const get = jsonCall('GetQueueUrl', { QueueName: 'orders' })

test('without a filter everything is told', (t) => {
  const { tap, clock, printed } = printing()
  tap.connected()
  tap.fromClient(list)
  clock.advance(1000)
  tap.fromServer(jsonAnswer(200, {}))
  tap.closed()
  t.deepEqual(printed, ['connected', 'arrived 1', 'waiting 1 1000', 'ended 1', 'closed'])
})

test('a filter on what is asked decides when the request is here', (t) => {
  const { tap, clock, printed } = printing('op=ListQueues')
  tap.connected()
  tap.fromClient(Buffer.concat([get, list]))
  t.deepEqual(printed, ['arrived 2'])
  clock.advance(1000)
  tap.fromServer(Buffer.concat([jsonAnswer(200, {}), jsonAnswer(200, {})]))
  tap.closed()
  t.deepEqual(printed, ['arrived 2', 'waiting 2 1000', 'ended 2'])
})

test('a filter on what is answered decides then, and tells both', (t) => {
  const { tap, clock, printed } = printing('status>=400 op=List*')
  tap.fromClient(Buffer.concat([list, list, get]))
  clock.advance(5000)
  tap.fromServer(jsonAnswer(200, {}))
  t.deepEqual(printed, [])
  tap.fromServer(jsonAnswer(400, {}))
  tap.fromServer(jsonAnswer(400, {}))
  t.deepEqual(printed, ['arrived 2', 'ended 2'])
})

test('a filter on what is answered does not keep what is asked waiting, where that decides', (t) => {
  const { tap, printed } = printing('op=GetQueueUrl status>=400')
  tap.fromClient(list)
  tap.fromServer(jsonAnswer(400, {}))
  t.deepEqual(printed, [])
})

test('with a filter, of connections only what goes wrong is told', (t) => {
  const { tap, printed } = printing('op=GetQueueUrl', 2)
  tap.connected()
  tap.fromClient(ascii('\x01\x02'))
  tap.broke('server', 'ECONNRESET')
  tap.closed()
  t.deepEqual(printed, ['broke server'])
})

test('a client that resets an idle connection is told of only to who asks for more', (t) => {
  for (const [verbosity, told] of [
    [0, []],
    [1, ['broke client']],
  ] as const) {
    const { tap, printed } = printing(undefined, verbosity)
    tap.broke('client', 'ECONNRESET')
    t.deepEqual(printed, told)
  }
})

test('what broke is told once: by the exchanges that it took along', (t) => {
  const { tap, printed } = printing()
  tap.fromClient(Buffer.concat([list, get]))
  tap.broke('server', 'ECONNRESET')
  t.deepEqual(printed, ['arrived 1', 'arrived 2', 'ended 1', 'ended 2'])
})

test('of what is not HTTP the first bytes of each side are told, and with -v all pieces, without secrets', (t) => {
  for (const [verbosity, more] of [
    [0, []],
    [1, ['raw client 10 false [redacted]']],
  ] as const) {
    const { tap, printed } = printing(undefined, verbosity)
    tap.fromClient(ascii('\x01AKIAIOSFODNN7E'))
    tap.fromServer(ascii('ok'))
    tap.fromClient(ascii('XAMPLE0123'))
    t.deepEqual(printed, ['raw client 15 true \x01[redacted]', 'raw server 2 true ok', ...more])
  }
})
