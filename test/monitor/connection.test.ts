import test from 'ava'
import { Connection } from '../../src/monitor/connection.ts'

test('a connection that has just come has said nothing', (t) => {
  t.like(new Connection(3, '127.0.0.1:51234', 'localhost:3000', 7), {
    id: 3,
    client: '127.0.0.1:51234',
    target: 'localhost:3000',
    openedMs: 7,
    isConnected: false,
    spoken: 'nothing',
    exchanges: 0,
    clientBytes: 0,
    serverBytes: 0,
  })
})
