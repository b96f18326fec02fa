import test from 'ava'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NOTHING_DECLARED } from '../../src/fixtures/declared.ts'
import { Store } from '../../src/fixtures/store.ts'
import { create, entriesFrom, sendOf } from '../fixtures/entries-of-suite.ts'
import { runPipit } from '../run-pipit.ts'

const cwd = mkdtempSync(join(tmpdir(), 'pipit-fixtures-'))
test.after.always(() => rmSync(cwd, { recursive: true }))
const store = new Store(join(cwd, 'fixtures'))
const save = (name: string, ...bodies: string[]): void =>
  void store.save(name, { declared: NOTHING_DECLARED, entries: entriesFrom([create, ...bodies.map(sendOf)]) })
save('orders/one', 'a', '{"sig":"x1"}')
save('orders/two', 'a', '{"sig":"x2"}')
save('orders/same', 'a', '{"sig":"x1"}')

const run = (...args: string[]) => runPipit(['fixtures', ...args], { cwd })

test('list and show tell what was recorded, for people and for programs', async (t) => {
  t.is(
    (await run('list')).stdout,
    'orders/one       3 entries  sqs\norders/same      3 entries  sqs\norders/two       3 entries  sqs\n',
  )
  const { fixtures } = JSON.parse((await run('list', '--json')).stdout) as {
    fixtures: { name: string; sizeBytes: number }[]
  }
  t.deepEqual(
    fixtures.map(({ name }) => name),
    ['orders/one', 'orders/same', 'orders/two'],
  )
  t.is((await run('list', '--fixtures', 'nowhere')).stdout, 'no fixtures in nowhere\n')
  t.regex(
    (await run('show', 'orders/one')).stdout,
    /^1 {2}CreateQueue {2}q\n2 {2}SendMessage {2}q {2}a {2}-> \{\{messageId\.1\}\}\n/,
  )
  t.is((JSON.parse((await run('show', 'orders/one', '--json')).stdout) as { entries: unknown[] }).entries.length, 3)
})

test('a fixture that is not there, or a name that is none, is told in one line', async (t) => {
  const missing = await run('show', 'orders/three')
  t.deepEqual([missing.code, missing.stdout], [1, ''])
  t.regex(missing.stderr, /^pipit: there is no fixture orders\/three .*see pipit fixtures list\n$/)
  t.is((await run('show', '../etc/passwd')).code, 2)
})

test('diff and learn compare two recordings', async (t) => {
  const { code, stdout, stderr } = await run('diff', 'orders/one', 'orders/two')
  t.deepEqual([code, stderr], [4, 'pipit: 2 entries differ\n'])
  t.regex(stdout, /^-.*x1.*\n\+.*x2.*\n$/)
  t.deepEqual((await run('diff', 'orders/one', 'orders/same')).stdout, 'they say the same\n')
  t.is(
    (await run('learn', 'orders/one', 'orders/two')).stdout,
    'services:\n  sqs:\n    volatile:\n      - SendMessage.MessageBody.sig\n',
  )
  t.is((await run('learn', 'orders/one', 'orders/same')).stderr, 'nothing to declare: they say the same\n')
})

test('lint fails where there is a secret, and mends what was written by hand', async (t) => {
  t.is((await run('lint', 'orders/one')).stdout, 'it is as it should be\n')
  const other = new Store(join(cwd, 'other'))
  other.save('a', { declared: NOTHING_DECLARED, entries: entriesFrom([create]) })
  const path = other.path('a')
  const written = readFileSync(path, 'utf8')
  writeFileSync(path, written.replaceAll('\n', ' '))
  t.is((await run('lint', '--fixtures', 'other')).code, 4)
  t.is((await run('lint', '--fix', '--fixtures', 'other')).code, 0)
  t.is(readFileSync(path, 'utf8'), written)
})

test('export writes an HTTP Archive, to a file or not', async (t) => {
  t.is((await run('export', 'orders/one')).code, 2)
  const { stdout } = await run('export', 'orders/one', '--har')
  t.is((JSON.parse(stdout) as { log: { version: string } }).log.version, '1.2')
  await run('export', 'orders/one', '--har', '--out', 'one.har')
  t.is(readFileSync(join(cwd, 'one.har'), 'utf8'), stdout)
})

test('recover has nothing to do where every recording came to its end', async (t) => {
  t.is((await run('recover')).stdout, 'every recording came to its end\n')
})
