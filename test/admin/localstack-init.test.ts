import test from 'ava'
import { type InitScript, localstackInitRoutes } from '../../src/admin/localstack-init.ts'
import { asking } from './plane.ts'

const scripts: InitScript[] = [
  { stage: 'boot', name: 'a.sh', state: 'SUCCESSFUL' },
  { stage: 'ready', name: 'b.sh', state: 'RUNNING' },
]

test('suites that wait for the init scripts find what LocalStack says', async (t) => {
  const readiness = { isReady: false }
  const ask = asking(localstackInitRoutes(readiness, scripts))
  const ready = { stage: 'READY', name: 'b.sh', state: 'RUNNING' }
  t.deepEqual((await ask('GET', '/_localstack/init/ready')).body, { completed: false, scripts: [ready] })
  readiness.isReady = true
  t.deepEqual((await ask('GET', '/_localstack/init/ready')).body, { completed: true, scripts: [ready] })
  t.deepEqual((await ask('GET', '/_localstack/init')).body, {
    completed: { BOOT: true, START: true, READY: true, SHUTDOWN: false },
    scripts: [{ stage: 'BOOT', name: 'a.sh', state: 'SUCCESSFUL' }, ready],
  })
  t.is((await ask('GET', '/_localstack/init/never')).status, 404)
})
