import { fileURLToPath } from 'node:url'
import { resolve } from 'node:path'
import test from 'ava'
import * as pipit from '../src/index.ts'
import { OWN_FOLDERS, PIPIT_URL } from '../src/own-files.ts'

test("pipit's address is that of the module which is loaded", async (t) => {
  t.is(await import(PIPIT_URL), pipit)
})

test("pipit's folders are the one that it is in, and that of the sources", (t) => {
  t.true(OWN_FOLDERS.some((folder) => fileURLToPath(PIPIT_URL).startsWith(folder)))
  t.true(OWN_FOLDERS.includes(resolve('src') + '/'))
})
