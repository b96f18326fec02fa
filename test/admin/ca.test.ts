import test from 'ava'
import { caRoute } from '../../src/admin/ca.ts'
import { controlPlane } from '../../src/admin/control-plane.ts'
import { asking, OPEN } from './plane.ts'

test('the CA is a file, and where there is none the answer says how to get one', async (t) => {
  const plane = controlPlane([caRoute(() => 'PEM\n')], OPEN, (error) => t.fail(String(error)))
  const request = { method: 'GET', target: '/_pipit/ca', rawHeaders: [], body: Buffer.alloc(0) }
  const asked = { request, isTooLarge: false, signal: new AbortController().signal, origin: '' }
  t.like(await plane.answer(asked), { status: 200, body: 'PEM\n' })
  const { status, body } = await asking([caRoute()])('GET', '/_pipit/ca')
  t.is(status, 404)
  t.regex(body.error, /PIPIT_TLS_LISTEN makes one/)
})
