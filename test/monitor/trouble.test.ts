import test from 'ava'
import { Connection } from '../../src/monitor/connection.ts'
import { reasonOf } from '../../src/monitor/trouble.ts'

const coming = new Connection(1, 'c', 'localhost:3000', 0)
const there = Object.assign(new Connection(1, 'c', 'localhost:3000', 0), { isConnected: true })

for (const [connection, side, code, reason] of [
  [coming, 'server', 'ECONNREFUSED', 'localhost:3000 refuses connections'],
  [coming, 'server', 'ENOTFOUND', 'no host of that name is known: localhost:3000'],
  [coming, 'server', 'EAI_AGAIN', 'no host of that name is known: localhost:3000'],
  [coming, 'server', 'ETIMEDOUT', 'localhost:3000 does not answer'],
  [coming, 'server', 'EHOSTUNREACH', 'localhost:3000 cannot be reached'],
  [there, 'server', 'ECONNRESET', 'the server reset the connection'],
  [there, 'server', 'ETIMEDOUT', 'the connection to the server broke'],
  [there, 'client', 'ECONNRESET', 'the client reset the connection'],
  [there, 'client', 'ETIMEDOUT', 'the connection to the client broke'],
] as const)
  test(`${code} of the ${side} ${connection.isConnected ? 'later' : 'at first'}: ${reason}`, (t) => {
    t.is(reasonOf(connection, side, code), reason)
  })
