import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { loadPlugins } from '../../src/plugins/load-plugins.ts'
import { pluginFolder } from './plugin-folder.ts'

const isStripping = Boolean((process.features as { typescript?: unknown }).typescript)

async function notesOf(t: ExecutionContext, files: Record<string, string>): Promise<readonly string[]> {
  const cwd = pluginFolder(t, files)
  const { notes } = await loadPlugins({ folder: '.', isAsked: true, cwd, wall: new VirtualClock(), builtIn: [] })
  // A file outside of the working directory is shown whole.
  return notes.map((note) => note.replaceAll(`${cwd}/`, ''))
}

const IMPORT = "import { defineService } from 'pipit'\n"

for (const [title, file, files, note] of [
  [
    'a mistake in the syntax',
    'a.service.js',
    { 'a.service.js': `${IMPORT}export default defineService({\n  name: 'a'\n  operations: {},\n})` },
    "a.service.js:4 is left out: SyntaxError: Unexpected identifier 'operations'. Mend it there and start pipit again.",
  ],
  [
    'what it throws while it is loaded',
    'a.service.js',
    { 'a.service.js': `${IMPORT}\nconst nothing = undefined\nexport default defineService(nothing.x)` },
    "a.service.js:4 is left out: TypeError: Cannot read properties of undefined (reading 'x'). Mend it there and start pipit again.",
  ],
  [
    'what a file beside it throws',
    'a.service.js',
    { 'a.service.js': `${IMPORT}import './names.js'\n`, 'names.js': "export {}\nthrow new RangeError('too far')" },
    'a.service.js (by names.js:2) is left out: RangeError: too far. Mend it there and start pipit again.',
  ],
  [
    'a name that pipit does not export',
    'a.service.js',
    { 'a.service.js': "\nimport { defineServce } from 'pipit'" },
    "a.service.js:2 is left out: SyntaxError: The requested module 'pipit' does not provide an export named 'defineServce'. pipit exports something else (did you mean \"defineService\"?).",
  ],
  [
    'a name that a file beside it does not export',
    'a.service.js',
    { 'a.service.js': `${IMPORT}import { b } from './names.js'`, 'names.js': 'export const a = 1' },
    "a.service.js:2 is left out: SyntaxError: The requested module './names.js' does not provide an export named 'b'. Check the names that it imports.",
  ],
  [
    'an import without its ending',
    'a.service.js',
    { 'a.service.js': `${IMPORT}\nimport { a } from './names'`, 'names.js': 'export const a = 1' },
    "a.service.js:3 is left out: Error: Cannot find module 'names' imported from a.service.js. An import names the whole file, with its ending: ./names.js, not ./names.",
  ],
  [
    'a package that is not installed',
    'a.service.js',
    { 'a.service.js': `${IMPORT}import _ from 'no-such-package-here'` },
    "a.service.js:2 is left out: Error: Cannot find package 'no-such-package-here' imported from a.service.js. Install it beside the plugin (npm install, in the plugins folder), or do without.",
  ],
  [
    'CommonJS',
    'a.service.js',
    { 'a.service.js': `${IMPORT}const { join } = require('node:path')\nexport default join` },
    'a.service.js:2 is left out: ReferenceError: require is not defined in ES module scope, you can use import instead. Use import and export default, not require and module.exports.',
  ],
  [
    'a package that says CommonJS',
    'a.service.js',
    { 'a.service.js': IMPORT, 'package.json': '{"type":"commonjs"}' },
    'a.service.js:1 is left out: SyntaxError: Cannot use import statement outside a module. The nearest package.json does not say that it is a module: put a package.json with {"type": "module"} into FOLDER.',
  ],
  [
    'an enum',
    'a.service.ts',
    {
      'a.service.ts': `${IMPORT}const a: number = 1\nenum Color { Red }\nexport default a`,
      'package.json': '{"type":"module"}',
    },
    isStripping
      ? 'a.service.ts:3 is left out: SyntaxError: TypeScript enum is not supported in strip-only mode. Node only leaves types out: use a union of texts, or a const object, instead of an enum.'
      : undefined,
  ],
  [
    'a namespace',
    'a.service.ts',
    {
      'a.service.ts': `${IMPORT}namespace N { export const a = 1 }\nexport default N`,
      'package.json': '{"type":"module"}',
    },
    isStripping ? /^a\.service\.ts:2 is left out: .*no namespaces, no parameter properties/ : undefined,
  ],
  [
    'TypeScript in a package that says CommonJS',
    'a.service.ts',
    { 'a.service.ts': IMPORT, 'package.json': '{"type":"commonjs"}' },
    isStripping ? /^a\.service\.ts:1 is left out: .*put a package.json with \{"type": "module"\} into/ : undefined,
  ],
] as const)
  test(`${title} is told with the file, the line and the mend`, async (t) => {
    const [found, ...more] = await notesOf(t, files)
    t.deepEqual(more, [])
    const needsNode = `${file}:1 is left out: TypeScript needs Node 24, and this is ${process.version.slice(1)}: write it in JavaScript as .js, or run pipit with Node 24, as its image does`
    if (note instanceof RegExp) t.regex(found ?? '', note)
    else t.is(found?.replace(/into \/.*\.$/, 'into FOLDER.'), note ?? needsNode)
  })

test('TypeScript runs where Node leaves types out', async (t) => {
  const typed = `${IMPORT}interface A { readonly Name: string }
export default defineService({ name: 'typed', operations: { Say: ({ Name }: A) => ({ Name }) } })`
  const notes = await notesOf(t, { 'a.service.ts': typed, 'package.json': '{"type":"module"}' })
  t.is(notes.length, isStripping ? 0 : 1)
})

test('a file that cannot be read is told about', async (t) => {
  const cwd = pluginFolder(t, {})
  mkdirSync(join(cwd, 'plugins'))
  writeFileSync(join(cwd, 'plugins/a.service.js'), `${IMPORT}export default defineService({ name: 'a' })`, {
    mode: 0o000,
  })
  const { notes } = await loadPlugins({
    folder: './plugins',
    isAsked: false,
    cwd,
    wall: new VirtualClock(),
    builtIn: [],
  })
  t.is(notes.length, 1)
  t.regex(notes[0] ?? '', /plugins\/a\.service\.js.* is left out: /)
})
