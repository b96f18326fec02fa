import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { readHealthNote, removeHealthNote, writeHealthNote } from '../../src/commands/health-note.ts'

function emptyFolder(t: ExecutionContext): string {
  const path = mkdtempSync(join(tmpdir(), 'pipit-note-'))
  t.teardown(() => rmSync(path, { recursive: true, force: true }))
  return path
}

const missing = join(tmpdir(), 'pipit-no-such-folder')
const note = { pid: process.pid, url: 'http://127.0.0.1:8080/_pipit/readyz' }

test('a note that is written can be read, and taken away', (t) => {
  const folders = [emptyFolder(t)]
  t.true(writeHealthNote(3000, note, folders))
  t.deepEqual(readHealthNote(3000, folders), note)
  removeHealthNote(3000, process.pid, folders)
  t.is(readHealthNote(3000, folders), undefined)
})

test('only its user can read it, and nothing is left beside it', (t) => {
  const folder = emptyFolder(t)
  writeHealthNote(3000, note, [folder])
  const [name = '', ...others] = readdirSync(folder)
  t.deepEqual(others, [])
  t.is(statSync(join(folder, name)).mode & 0o777, 0o600)
})

test('a later note takes the place of an earlier one, one for another port does not', (t) => {
  const folders = [emptyFolder(t)]
  const other = { ...note, url: 'http://127.0.0.1:1/' }
  writeHealthNote(3000, note, folders)
  writeHealthNote(3001, { ...note, url: 'http://127.0.0.1:3001/' }, folders)
  writeHealthNote(3000, other, folders)
  t.deepEqual(readHealthNote(3000, folders), other)
})

test('where the first folder cannot be written, the next is taken', (t) => {
  const folders = [missing, emptyFolder(t)]
  t.true(writeHealthNote(3000, note, folders))
  t.deepEqual(readHealthNote(3000, folders), note)
})

test('where none can be written, that is said, and none is read', (t) => {
  t.false(writeHealthNote(3000, note, [missing]))
  t.is(readHealthNote(3000, [missing]), undefined)
  t.notThrows(() => removeHealthNote(3000, process.pid, [missing]))
})

test('a note of a process that is gone is not believed, and one of another process is not taken away', (t) => {
  const folders = [emptyFolder(t)]
  // Above every limit for process ids.
  const gone = { ...note, pid: 2 ** 30 }
  writeHealthNote(3000, gone, folders)
  t.is(readHealthNote(3000, folders), undefined)
  writeHealthNote(3000, note, folders)
  removeHealthNote(3000, process.pid + 1, folders)
  t.deepEqual(readHealthNote(3000, folders), note)
})

for (const text of [
  '',
  'null',
  '{}',
  '{"pid":1}',
  '{"pid":"x","url":"http://x"}',
  '{"pid":1,"url":"file:///etc/passwd"}',
  '[',
  '5',
]) {
  test(`a file with ${JSON.stringify(text)} is no note`, (t) => {
    const folder = emptyFolder(t)
    writeHealthNote(3000, note, [folder])
    writeFileSync(join(folder, readdirSync(folder)[0] as string), text)
    t.is(readHealthNote(3000, [folder]), undefined)
  })
}

test('a link that waits in the place of the note is replaced, and what it points to is left alone', (t) => {
  const folder = emptyFolder(t)
  writeHealthNote(3000, note, [folder])
  const path = join(folder, readdirSync(folder)[0] as string)
  const precious = join(emptyFolder(t), 'precious')
  writeFileSync(precious, 'kept')
  rmSync(path)
  symlinkSync(precious, path)
  t.true(writeHealthNote(3000, note, [folder]))
  t.is(statSync(precious).size, 4)
  t.deepEqual(readHealthNote(3000, [folder]), note)
  chmodSync(precious, 0o600)
})
