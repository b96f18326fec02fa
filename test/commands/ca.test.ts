import test from 'ava'
import { runPipit } from '../run-pipit.ts'
import { runningPipit } from './running-pipit.ts'

test('ca prints the CA of the running pipit, and nothing else', async (t) => {
  const { run } = await runningPipit(t, { PIPIT_TLS_LISTEN: '127.0.0.1:0', PIPIT_ADMIN_TOKEN: 'open-sesame' })
  const { code, stdout, stderr } = await run('ca')
  t.regex(stdout, /^-----BEGIN CERTIFICATE-----\n[^]*-----END CERTIFICATE-----\n$/)
  t.is(stderr, '')
  t.is(code, 0)
})

test('where there is no CA, or nobody to ask, one line says what to do', async (t) => {
  const { run } = await runningPipit(t)
  const none = await run('ca')
  t.is(none.code, 1)
  t.regex(none.stderr, /^pipit: there is no CA: PIPIT_TLS_LISTEN makes one/)
  t.is((await runPipit(['ca', '--url', 'http://127.0.0.1:1'])).code, 3)
})
