import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { PipitError } from '../core/errors.ts'
import { didYouMean } from '../core/nearest.ts'
import { PIPIT_URL } from '../own-files.ts'
import type { PluginFile } from './find-plugins.ts'
import { shownPath, whereThrown } from './where-thrown.ts'

/** Which TypeScript this Node runs: it leaves types out, and nothing else. */
const STRIPS_TYPES = Boolean((process.features as { typescript?: unknown }).typescript)

/** `plugins/a.service.ts:3: what is wrong. What to do.` */
export function trouble(file: PluginFile, line: number | undefined, text: string): string {
  return `${file.name}${line === undefined ? '' : `:${line}`} is left out: ${text}`
}

/** What is wrong with a file before it is run, or nothing. */
export function troubleBefore(file: PluginFile, text: string): string | undefined {
  if (!/\bpipit\b/.test(text))
    return trouble(file, undefined, `it imports nothing of pipit, so it seems to be no plugin of it`)
  if (!file.path.endsWith('.ts') || STRIPS_TYPES) return undefined
  const how = 'write it in JavaScript as .js, or run pipit with Node 24, as its image does'
  return trouble(file, 1, `TypeScript needs Node 24, and this is ${process.version.slice(1)}: ${how}`)
}

/** What is wrong with one that could not be loaded, where, and what to do. */
export async function loadTrouble(file: PluginFile, error: unknown): Promise<string> {
  const told = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
  const mend = error instanceof Error ? await mendOf(error) : 'Mend it there and start pipit again.'
  const place = whereThrown(error) ?? missingImport(error) ?? syntaxError(file, error)
  const name = error instanceof PipitError || !(error instanceof Error) ? '' : `${error.name}: `
  return `${whereOf(file, place)} is left out: ${name}${told}. ${mend}`
}

function whereOf({ name, path }: PluginFile, place: Place | undefined): string {
  if (place === undefined) return name
  return place.path === path ? `${name}:${place.line}` : `${name} (by ${shownPath(place.path)}:${place.line})`
}

interface Trouble extends Error {
  readonly code?: string
}

/** The first that fits. */
const MENDS: readonly (readonly [
  fits: (error: Trouble) => boolean,
  mend: (error: Trouble) => string | Promise<string>,
])[] = [
  [
    ({ code, message }) => code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' && message.includes('enum'),
    () => 'Node only leaves types out: use a union of texts, or a const object, instead of an enum.',
  ],
  [
    ({ code }) => code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
    () =>
      'Node only leaves types out: write it so that nothing but types goes (no namespaces, no parameter properties).',
  ],
  [
    ({ message }) => /Cannot use import statement outside a module|Unexpected token 'export'/.test(message),
    ({ stack = '' }) => packageMend(stack),
  ],
  [
    ({ message }) => message.startsWith('require is not defined') || message.startsWith('module is not defined'),
    () => 'Use import and export default, not require and module.exports.',
  ],
  [
    ({ message }) => message.startsWith('Cannot find module'),
    () => 'An import names the whole file, with its ending: ./names.js, not ./names.',
  ],
  [
    ({ message }) => message.startsWith('Cannot find package'),
    () => 'Install it beside the plugin (npm install, in the plugins folder), or do without.',
  ],
  [({ message }) => message.includes('does not provide an export named'), exportMend],
]

async function mendOf(error: Trouble): Promise<string> {
  const found = MENDS.find(([fits]) => fits(error))
  return found === undefined ? 'Mend it there and start pipit again.' : found[1](error)
}

/** Node takes a .js or .ts file for CommonJS where the nearest package.json says nothing else. */
function packageMend(stack: string): string {
  const folder = /^(?:file:\/\/)?(\/.*)\/[^/]*:\d+$/m.exec(stack)?.[1]
  const where = folder === undefined ? 'the plugins folder' : shownPath(folder)
  return `The nearest package.json does not say that it is a module: put a package.json with {"type": "module"} into ${where}.`
}

async function exportMend({ message }: Trouble): Promise<string> {
  const [, from, name = ''] = /module '(.+)' does not provide an export named '(.+)'/.exec(message) ?? []
  if (from !== 'pipit') return 'Check the names that it imports.'
  const known = Object.keys((await import(PIPIT_URL)) as object)
  const guess = didYouMean(name, known)
  return `pipit exports ${guess === '' ? known.join(', ') : `something else${guess}`}.`
}

interface Place {
  readonly path: string
  readonly line: number
}

/** The line of an import that leads nowhere: Node tells the file only. */
function missingImport(error: unknown): Place | undefined {
  if (!(error instanceof Error)) return undefined
  const [, wanted = '', path = ''] =
    /^Cannot find (?:package|module) '(.+)' imported from (\/.+)$/m.exec(error.message) ?? []
  if (path === '') return undefined
  const last = wanted.slice(wanted.lastIndexOf('/') + 1)
  return { path, line: lineOf(path, last) ?? 1 }
}

function lineOf(path: string, text: string): number | undefined {
  const index = readFileSync(path, 'utf8')
    .split('\n')
    .findIndex((line) => /\b(?:import|from)\b/.test(line) && line.includes(text))
  return index < 0 ? undefined : index + 1
}

const CHECK_LIMIT_MS = 5000

/** Node does not tell the line of a syntax error in a module that is imported; asked to check it, it does. */
function syntaxError(file: PluginFile, error: unknown): Place | undefined {
  if (!(error instanceof SyntaxError)) return undefined
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '--check'], {
    input: readFileSync(file.path),
    encoding: 'utf8',
    timeout: CHECK_LIMIT_MS,
  })
  const line = /^\[stdin\]:(\d+)/m.exec(stderr)?.[1]
  return line === undefined ? undefined : { path: file.path, line: Number(line) }
}
