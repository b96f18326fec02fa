import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { findInitScripts, type FoundScript, runInitScripts } from '../../src/commands/init-scripts.ts'
import { VirtualClock } from '../../src/core/clock.ts'

function folderWith(t: ExecutionContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-init-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

async function run(scripts: readonly FoundScript[], signal = new AbortController().signal): Promise<string[]> {
  const notes: string[] = []
  const environment = { PATH: process.env['PATH'] ?? '', AWS_DEFAULT_REGION: 'eu-west-1' }
  const note = (text: string): void => void notes.push(text.replace(/\d+ ms/, 'N ms'))
  await runInitScripts(scripts, { url: 'http://localhost:1', environment, clock: new VirtualClock(), signal, note })
  return notes
}

test('scripts are found by stage, then by name, in folders below, too; other files are left alone', (t) => {
  const ready = folderWith(t, { '02.sh': '', '01/a.sh': '', 'notes.txt': '', '03.py': '' })
  const boot = folderWith(t, { 'z.sh': '' })
  const found = findInitScripts([
    { stage: 'boot', folder: boot },
    { stage: 'start', folder: join(boot, 'none') },
    { stage: 'ready', folder: ready },
  ])
  t.deepEqual(
    found.map(({ stage, name, state }) => `${stage} ${name} ${state}`),
    ['boot z.sh UNKNOWN', 'ready a.sh UNKNOWN', 'ready 02.sh UNKNOWN', 'ready 03.py UNKNOWN'],
  )
})

test('they run in order with what awslocal and SDKs need, executable or not, and one that fails stops none', async (t) => {
  const folder = folderWith(t, {
    '1.sh': 'exit 3\n',
    '2.sh': 'echo "$AWS_ENDPOINT_URL $PIPIT_URL $AWS_DEFAULT_REGION $AWS_ACCESS_KEY_ID" > "$(dirname "$0")/out"\n',
    '3.sh': '#!/bin/sh\nexit 0\n',
    '4.py': '',
  })
  chmodSync(join(folder, '3.sh'), 0o755)
  const scripts = findInitScripts([{ stage: 'ready', folder }])
  t.deepEqual(await run(scripts), [
    'init script ready.d/1.sh ended with 3',
    'init script ready.d/2.sh ran in N ms',
    'init script ready.d/3.sh ran in N ms',
    'init script ready.d/4.py is not run: there is no Python here; declare queues by PIPIT_QUEUES, or use a .sh with awslocal',
  ])
  t.is(readFileSync(join(folder, 'out'), 'utf8'), 'http://localhost:1 http://localhost:1 eu-west-1 test\n')
  t.deepEqual(
    scripts.map(({ state }) => state),
    ['ERROR', 'SUCCESSFUL', 'SUCCESSFUL', 'ERROR'],
  )
})

test('an executable script that names no shell is read by one', async (t) => {
  const folder = folderWith(t, { '1.sh': 'exit 0\n', '2.sh': '#!/no/such/shell\n' })
  for (const name of ['1.sh', '2.sh']) chmodSync(join(folder, name), 0o755)
  const notes = await run(findInitScripts([{ stage: 'ready', folder }]))
  t.is(notes[0], 'init script ready.d/1.sh ran in N ms')
  t.regex(notes[1] ?? '', /^init script ready\.d\/2\.sh cannot be run: spawn .*ENOENT$/)
})

test('one of shutdown is not run, and what is ended with pipit is not complained about', async (t) => {
  const folder = folderWith(t, { '1.sh': 'sleep 30\n', '2.sh': 'exit 0\n' })
  t.deepEqual(
    await run(findInitScripts([{ stage: 'shutdown', folder }])).then((notes) => notes[0]),
    'init script shutdown.d/1.sh is not run: pipit ends at once',
  )
  const ending = new AbortController()
  const running = run(findInitScripts([{ stage: 'ready', folder }]), ending.signal)
  ending.abort()
  t.deepEqual(await running, [])
})
