import test from 'ava'
import { HealthPort } from '../../src/http/health-port.ts'

test('it says that the command runs, and to everything else what the command is', async (t) => {
  const health = new HealthPort('/_pipit/readyz', 'this is something else')
  const { host, port } = await health.open()
  t.is(host, '127.0.0.1')
  const url = `http://127.0.0.1:${port}`
  t.is((await fetch(`${url}/_pipit/readyz`)).status, 200)
  const other = await fetch(`${url}/_pipit/journal`)
  t.is(other.status, 404)
  t.deepEqual(await other.json(), { error: 'this is something else', code: 'not-found' })
  await health.close()
  await t.throwsAsync(fetch(`${url}/_pipit/readyz`))
})
