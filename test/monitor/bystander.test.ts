import test from 'ava'
import { Bystander } from '../../src/monitor/bystander.ts'
import { Connection } from '../../src/monitor/connection.ts'

test('it tells of a connection that breaks, and of nothing else', (t) => {
  const told: string[] = []
  const connection = new Connection(1, 'c', 'localhost:3000', 0)
  const tap = new Bystander(connection, (_, { side, code, reason, lost }) =>
    told.push(`${side} ${code} ${reason} ${lost}`),
  )
  tap.connected()
  tap.fromClient()
  tap.fromServer()
  tap.clientEnded()
  tap.serverEnded()
  t.true(connection.isConnected)
  t.false(tap.isIdle)
  tap.broke('server', 'ECONNRESET')
  tap.closed()
  t.deepEqual(told, ['server ECONNRESET the server reset the connection 0'])
})
