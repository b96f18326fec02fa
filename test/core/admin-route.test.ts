import test from 'ava'
import { json } from '../../src/core/admin-route.ts'

test('an answer of the control plane is one line of JSON that nobody caches', (t) => {
  const { status, rawHeaders, body } = json(418, { a: 'ü' })
  t.is(status, 418)
  t.deepEqual(rawHeaders, ['Content-Type', 'application/json', 'Cache-Control', 'no-store'])
  t.is(body, '{"a":"ü"}\n')
})
