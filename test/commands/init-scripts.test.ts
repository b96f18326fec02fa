import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { createWallClock, VirtualClock } from '../../src/core/clock.ts'
import { findInitScripts, type InitFolder, runInitScripts } from '../../src/commands/init-scripts.ts'

function folders(t: ExecutionContext, files: Readonly<Record<string, string>>): { root: string; found: InitFolder[] } {
  const root = mkdtempSync(join(tmpdir(), 'pipit-init-'))
  t.teardown(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text, { mode: path.endsWith('x.sh') ? 0o755 : 0o644 })
  }
  const stages = ['boot', 'ready', 'shutdown', 'start'] as const
  return { root, found: stages.map((stage) => ({ stage, folder: join(root, `${stage}.d`) })) }
}

function run(signal = new AbortController().signal) {
  const notes: string[] = []
  const environment = { PATH: process.env['PATH'] }
  return {
    notes,
    run: {
      url: 'http://localhost:1',
      environment,
      clock: createWallClock(),
      signal,
      note: (text: string) => notes.push(text),
    },
  }
}

test('scripts are found by stage, then by name, in subfolders too; other files are left alone', (t) => {
  const { found } = folders(t, {
    'ready.d/20.sh': '',
    'ready.d/10.sh': '',
    'ready.d/deeper/05.sh': '',
    'ready.d/readme.md': '',
    'boot.d/99.py': '',
  })
  t.deepEqual(
    findInitScripts(found).map(({ stage, name }) => `${stage} ${name}`),
    ['boot 99.py', 'ready 10.sh', 'ready 20.sh', 'ready 05.sh'],
  )
  t.deepEqual(findInitScripts([{ stage: 'ready', folder: '/nowhere' }]), [])
})

test('scripts run one after the other, executable or not, and find the gateway in their environment', async (t) => {
  const { root, found } = folders(t, {
    'ready.d/1.sh': 'echo "one $PIPIT_URL $AWS_ENDPOINT_URL $AWS_DEFAULT_REGION" >> "$0.out"',
    'ready.d/2x.sh': '#!/bin/sh\nset -e\ntest -s "${0%/*}/1.sh.out"',
  })
  const scripts = findInitScripts(found)
  const { notes, run: options } = run()
  await runInitScripts(scripts, options)
  t.deepEqual(
    scripts.map(({ state }) => state),
    ['SUCCESSFUL', 'SUCCESSFUL'],
  )
  t.regex(notes[0] ?? '', /^init script ready\.d\/1\.sh ran in \d+ ms$/)
  const { readFileSync } = await import('node:fs')
  t.is(readFileSync(join(root, 'ready.d/1.sh.out'), 'utf8'), 'one http://localhost:1 http://localhost:1 us-east-1\n')
})

test('one that fails is told about and does not keep the next from running', async (t) => {
  const { found } = folders(t, {
    'ready.d/1.sh': 'exit 3',
    'ready.d/2.sh': 'true',
    'ready.d/0x.sh': '#!/no/such/shell\n',
  })
  const scripts = findInitScripts(found)
  const { notes, run: options } = run()
  await runInitScripts(scripts, options)
  t.deepEqual(
    scripts.map(({ name, state }) => `${name} ${state}`),
    ['0x.sh ERROR', '1.sh ERROR', '2.sh SUCCESSFUL'],
  )
  t.regex(notes[0] ?? '', /0x\.sh cannot be run: /)
  t.is(notes[1], 'init script ready.d/1.sh ended with 3')
})

test('what cannot be run says so, and what to do instead', async (t) => {
  const { found } = folders(t, { 'ready.d/1.py': '', 'shutdown.d/1.sh': '' })
  const scripts = findInitScripts(found)
  const { notes, run: options } = run()
  await runInitScripts(scripts, options)
  t.regex(
    notes.join('\n'),
    /1\.py is not run: there is no Python here; declare queues by PIPIT_QUEUES, or use a \.sh with awslocal/,
  )
  t.regex(notes.join('\n'), /shutdown\.d\/1\.sh is not run: pipit ends at once/)
})

test('a script that everything waits for is told about, and ends with the gateway', async (t) => {
  const { found } = folders(t, { 'ready.d/1.sh': 'exec tail -f /dev/null' })
  const scripts = findInitScripts(found)
  const ending = new AbortController()
  const { notes, run: options } = run(ending.signal)
  const clock = new VirtualClock()
  const running = runInitScripts(scripts, { ...options, clock })
  clock.advance(10_000)
  t.is(notes[0], 'init script ready.d/1.sh still runs after 10 s, and pipit is not ready before it ends')
  ending.abort()
  await running
  t.is(scripts[0]?.state, 'ERROR')
})
