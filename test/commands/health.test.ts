import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { writeHealthNote } from '../../src/commands/health-note.ts'
import { healthUrl } from '../../src/commands/health.ts'
import { PipitError } from '../../src/core/errors.ts'
import { runPipit } from '../run-pipit.ts'

const targets: readonly [title: string, url: string | undefined, env: Record<string, string>, target: string][] = [
  ['nothing said', undefined, {}, 'http://127.0.0.1:3000/_pipit/readyz'],
  ['PORT', undefined, { PORT: '8080' }, 'http://127.0.0.1:8080/_pipit/readyz'],
  ['PIPIT_URL', undefined, { PIPIT_URL: 'http://pipit:1', PORT: '8080' }, 'http://pipit:1/_pipit/readyz'],
  ['--url', 'http://[::1]:2/', { PIPIT_URL: 'http://pipit:1' }, 'http://[::1]:2/_pipit/readyz'],
  ['a path in --url', 'http://pipit:3000/sqs/', {}, 'http://pipit:3000/_pipit/readyz'],
]

for (const [title, url, env, target] of targets) {
  test(`with ${title}, ${target} is asked`, (t) => {
    t.is(healthUrl(url, env, []), target)
  })
}

test('what the running command has written down is asked before PORT', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-note-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const note = { pid: process.pid, url: 'http://127.0.0.1:45678/_pipit/readyz' }
  writeHealthNote(8080, note, [folder])
  t.is(healthUrl(undefined, { PORT: '8080' }, [folder]), note.url)
  t.is(healthUrl(undefined, {}, [folder]), 'http://127.0.0.1:3000/_pipit/readyz')
  t.is(healthUrl('http://x', { PORT: '8080' }, [folder]), 'http://x/_pipit/readyz')
})

for (const url of ['localhost:3000', 'https://pipit', 'x', '']) {
  test(`${JSON.stringify(url)} cannot be asked`, (t) => {
    t.throws(() => healthUrl(url, {}, []), { instanceOf: PipitError })
  })
}

async function answering(t: ExecutionContext, status: number): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('ready is 0, not yet ready and nobody there are 1, and one line says which', async (t) => {
  const [ready, starting] = [await answering(t, 200), await answering(t, 503)]
  t.deepEqual(await runPipit(['health', '--url', ready]), {
    code: 0,
    stdout: `ready: ${ready}/_pipit/readyz\n`,
    stderr: '',
  })
  t.deepEqual(await runPipit(['health'], { env: { PIPIT_URL: starting } }), {
    code: 1,
    stdout: '',
    stderr: `not ready: ${starting}/_pipit/readyz answers 503\n`,
  })
  t.deepEqual(await runPipit(['health'], { env: { PORT: '1' } }), {
    code: 1,
    stdout: '',
    stderr: 'not reachable: http://127.0.0.1:1/_pipit/readyz: ECONNREFUSED\n',
  })
})

test('--url=… goes the long way and comes to the same', async (t) => {
  const url = await answering(t, 200)
  t.is((await runPipit(['health', `--url=${url}`])).stdout, `ready: ${url}/_pipit/readyz\n`)
})
