import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { HAR_LIMITS, HarFile } from '../../src/commands/har-file.ts'
import { PipitError } from '../../src/core/errors.ts'

function place(t: ExecutionContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'pipit-har-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  return join(folder, 'x.har')
}

const entriesIn = (path: string): unknown[] =>
  (JSON.parse(readFileSync(path, 'utf8')) as { log: { entries: unknown[] } }).log.entries

/** While it is written, a reader may see half of that. */
function countIn(path: string): number {
  try {
    return entriesIn(path).length
  } catch {
    return 0
  }
}

test('an archive is whole from the beginning, and after every write', async (t) => {
  const path = place(t)
  writeFileSync(path, 'x'.repeat(10_000))
  const har = await HarFile.open(path, () => t.fail())
  t.deepEqual(entriesIn(path), [])
  const entries: object[] = []
  for (let i = 0; i < 20; i++) {
    entries.push({ i, text: 'ä'.repeat(i * 10) })
    har.add(entries.at(-1) as object)
    if (i % 3 === 0) {
      while (countIn(path) < entries.length) await new Promise((resolve) => setImmediate(resolve))
      t.deepEqual(entriesIn(path), entries)
    }
  }
  await har.close()
  t.deepEqual(entriesIn(path), entries)
})

test('only its owner may read it', async (t) => {
  const path = place(t)
  await (await HarFile.open(path, () => {})).close()
  t.is(statSync(path).mode & 0o777, 0o600)
})

test('a place that cannot be written is a complaint', async (t) => {
  const path = join(place(t), 'no', 'folder.har')
  const error = await t.throwsAsync(
    HarFile.open(path, () => {}),
    { instanceOf: PipitError },
  )
  t.regex(error?.message ?? '', /folder\.har cannot be written: .*ENOENT/)
  t.false(existsSync(path))
})

test('a disk that is too slow and a file that is long enough end it, with a remark', async (t) => {
  for (const [limits, why] of [
    [{ ...HAR_LIMITS, unwrittenChars: 100 }, 'the archive ends here: the disk is too slow for it'],
    [{ ...HAR_LIMITS, fileBytes: 200 }, 'the archive ends here: it is as long as viewers can read'],
  ] as const) {
    const path = place(t)
    const notes: string[] = []
    const har = await HarFile.open(path, (note) => notes.push(note), limits)
    for (let i = 0; i < 5; i++) {
      har.add({ text: 'x'.repeat(50) })
      if (limits.fileBytes === 200) await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await har.close()
    t.deepEqual(notes, [why])
    t.true(entriesIn(path).length <= 2)
  }
})
