/**
 * The rules of the house that no compiler and no linter checks, as functions from files to complaints. tidy.test.ts runs
 * each of them on a small bad example first, then on the real tree. (No enums, namespaces or parameter properties: tsc's
 * `erasableSyntaxOnly`. Sockets, cycles, promises, console: .oxlintrc.json.)
 */
export interface SourceFile {
  /** From the project's folder, with forward slashes: `src/core/clock.ts`. */
  readonly path: string
  readonly text: string
}

export type FileRule = (file: SourceFile) => string[]

/**
 * Direction: which rooms a room may import. A room is a folder of src, or a file directly in src; a longer name wins
 * (`sqs/engine` before `sqs`). A room may always import itself. Types are imported like everything else.
 */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocols: ['core'],
  'sqs/engine': ['core'],
  'sqs/disruptions': ['core', 'sqs/engine', 'sqs'],
  'sqs/operations': ['core', 'sqs/engine', 'sqs', 'sqs/disruptions'],
  sqs: ['core', 'protocols', 'sqs/engine', 'sqs/operations', 'sqs/disruptions'],
  injectors: ['core'],
  'injectors/rules': ['core', 'config', 'injectors'],
  hops: ['core', 'fixtures'],
  plugins: ['core', 'protocols', 'injectors', 'injectors/rules', 'config', 'own-files'],
  http: ['core'],
  log: ['core'],
  redaction: ['core'],
  fixtures: ['core', 'redaction'],
  journal: ['core', 'log', 'redaction'],
  metrics: ['core'],
  monitor: ['core', 'log', 'journal', 'redaction', 'protocols', 'injectors/rules', 'routes', 'sessions'],
  monitors: ['core', 'config', 'http', 'injectors/rules', 'monitor', 'watched-tunnel'],
  'watched-tunnel': ['http', 'monitor'],
  admin: ['core', 'config', 'journal', 'metrics', 'monitors', 'sessions', 'session', 'injectors/rules', 'fixtures'],
  config: ['core'],
  session: ['core'],
  sessions: ['core', 'session'],
  version: [],
  'own-files': [],
  forwarding: ['core', 'config', 'hops', 'http'],
  playing: ['core', 'config', 'fixtures', 'hops', 'session', 'sessions'],
  lifecycle: ['core', 'config', 'forwarding', 'http', 'injectors/rules', 'monitors', 'playing', 'plugins', 'sessions'],
  routes: ['core', 'protocols', 'sqs', 'config'],
  gateway: [
    'core',
    'protocols',
    'http',
    'hops',
    'injectors/rules',
    'plugins',
    'log',
    'journal',
    'metrics',
    'monitors',
    'admin',
    'config',
    'sessions',
    'session',
    'forwarding',
    'fixtures',
    'playing',
    'lifecycle',
    'routes',
    'version',
  ],
  awslocal: ['core'],
  commands: [
    'core',
    'http',
    'log',
    'config',
    'injectors/rules',
    'gateway',
    'plugins',
    'routes',
    'admin',
    'sqs',
    'awslocal',
    'journal',
    'monitor',
    'fixtures',
    'sessions',
    'version',
  ],
  cli: ['core', 'commands'],
  client: ['core', 'http', 'injectors/rules', 'fixtures'],
  index: [
    'core',
    'client',
    'injectors/rules',
    'sqs',
    'protocols',
    'http',
    'config',
    'sessions',
    'routes',
    'plugins',
    'gateway',
  ],
}

export function roomOf(path: string, rooms: readonly string[] = Object.keys(MAY_IMPORT)): string | undefined {
  const inside = path.replace(/^src\//, '').replace(/\.ts$/, '')
  return rooms
    .filter((room) => inside === room || inside.startsWith(`${room}/`))
    .toSorted((a, b) => b.length - a.length)[0]
}

export function importDirection(file: SourceFile, table = MAY_IMPORT): string[] {
  const rooms = Object.keys(table)
  const room = roomOf(file.path, rooms)
  if (room === undefined) return [`${file.path}: stands in no room of MAY_IMPORT; say there what it may import`]
  return importsOf(file.text)
    .filter((specifier) => specifier.startsWith('.'))
    .flatMap((specifier) => {
      const target = new URL(specifier, `file:///${file.path}`).pathname.slice(1)
      const targetRoom = roomOf(target, rooms)
      if (!target.startsWith('src/') || targetRoom === undefined)
        return [`${file.path}: imports ${target}, outside of src`]
      if (targetRoom === room || table[room]?.includes(targetRoom)) return []
      return [`${file.path}: ${room} may not import ${targetRoom} (${specifier})`]
    })
}

/** What may be used only in some files. Paths are a file or, ending in `/`, a folder. */
const ONLY_IN: ReadonlyArray<{ what: RegExp; where: readonly string[]; why: string }> = [
  {
    what: /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.now\b|\bprocess\.hrtime\b|\bprocess\.uptime\b/,
    where: ['src/core/clock.ts', 'src/http/'],
    why: 'time comes from a Clock',
  },
  {
    what: /\b(?:setTimeout|setInterval|setImmediate)\b|node:timers/,
    where: ['src/core/clock.ts', 'src/http/'],
    why: 'waiting is Clock.schedule',
  },
  {
    what: /\bMath\.random\b|\brandomUUID\b|\brandomBytes\b|\brandomInt\b|\brandomFill(?:Sync)?\b|\bgetRandomValues\b/,
    where: ['src/core/random.ts'],
    why: 'chance comes from a Random',
  },
  {
    what: /\bprocess\.env\b/,
    where: ['src/config.ts', 'src/config/'],
    why: 'the environment is read once, with the config',
  },
]

export function onlyWhereItBelongs(file: SourceFile): string[] {
  const code = withoutComments(file.text)
  return ONLY_IN.filter(({ where }) => !where.some((place) => isAtOrIn(file.path, place))).flatMap(({ what, why }) => {
    const found = what.exec(code)
    return found === null ? [] : [`${file.path}: ${found[0]}: ${why}`]
  })
}

/** Room for a head comment above the 300 lines that one idea needs at most; its test may say twice as much. */
const LONGEST_FILE_LINES = { src: 320, test: 640 }

export function fileLength(file: SourceFile): string[] {
  const lines = file.text.trimEnd().split('\n').length
  const most = LONGEST_FILE_LINES[file.path.startsWith('src/') ? 'src' : 'test']
  return lines > most ? [`${file.path}: ${lines} lines are more than ${most}`] : []
}

const EMPTY_WORDS = [
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'misc',
  'types',
  'type',
  'manager',
  'base',
  'shared',
]

export function fileName(file: SourceFile): string[] {
  const segments = file.path.replace(/(?:\.test)?\.ts$/, '').split('/')
  return segments.flatMap((segment) => {
    if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(segment)) return [`${file.path}: '${segment}' is not kebab-case`]
    const word = segment.split('-').find((part) => EMPTY_WORDS.includes(part))
    return word === undefined ? [] : [`${file.path}: '${word}' says nothing; name the file by its main export`]
  })
}

export function defaultExports(file: SourceFile): string[] {
  if (isAtOrIn(file.path, 'src/commands/') || isAtOrIn(file.path, 'src/plugins/')) return []
  return /^\s*export\s+default\b|\bas\s+default\b/m.test(withoutComments(file.text))
    ? [`${file.path}: default exports are for commands and plugins`]
    : []
}

// Spelled so that a search for the words finds only work that is really left.
const UNFINISHED = /\b(?:T[O]DO|FIX[M]E|X[X]X|HA[C]K)\b/

export function unfinished(file: SourceFile): string[] {
  const found = UNFINISHED.exec(file.text)
  return found === null ? [] : [`${file.path}: ${found[0]}: finish it or leave it out`]
}

export function switchedOffTests(file: SourceFile): string[] {
  const found = /\btest(?:\.\w+)*\.(?:only|skip|failing|todo)\b/.exec(withoutComments(file.text))
  return found === null ? [] : [`${file.path}: ${found[0]}: every test runs, or is not there`]
}

/** Every `src/a/b.ts` has its `test/a/b.test.ts`, and every unit test has what it tests. */
export function mirrors(
  paths: readonly string[],
  withoutTest: Readonly<Record<string, string>>,
  withoutSource: readonly string[],
): string[] {
  const all = new Set(paths)
  const missing = paths
    .filter((path) => path.startsWith('src/') && !(path in withoutTest))
    .filter((path) => !all.has(path.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts')))
    .map((path) => `${path}: has no test of its own`)
  const orphans = paths
    .filter((path) => path.startsWith('test/') && path.endsWith('.test.ts'))
    .filter((path) => !withoutSource.some((place) => isAtOrIn(path, place)))
    .filter((path) => !all.has(path.replace(/^test\//, 'src/').replace(/\.test\.ts$/, '.ts')))
    .map((path) => `${path}: tests no file of src; it belongs beside one, or in test/scenarios`)
  const stale = Object.keys(withoutTest)
    .filter((path) => !all.has(path) || all.has(path.replace(/^src\//, 'test/').replace(/\.ts$/, '.test.ts')))
    .map((path) => `${path}: is excused from a test, though it is gone or has one`)
  return [...missing, ...orphans, ...stale]
}

/** Every dependency is imported by src, and src imports no package that only developers have. */
export function dependencies(files: readonly SourceFile[], declared: readonly string[]): string[] {
  const imported = new Map<string, string>()
  for (const { path, text } of files)
    for (const specifier of importsOf(text))
      if (!/^(?:\.|node:)/.test(specifier)) imported.set(packageOf(specifier), path)
  const unused = declared
    .filter((name) => !imported.has(name))
    .map((name) => `${name}: is a dependency of nothing in src`)
  const undeclared = [...imported]
    .filter(([name]) => !declared.includes(name))
    .map(([name, path]) => `${path}: ${name} is not in package.json's dependencies`)
  return [...unused, ...undeclared]
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Static, dynamic and re-exporting imports. */
export function importsOf(text: string): string[] {
  const code = withoutComments(text)
  const found = code.matchAll(/\bfrom\s*(['"])(.+?)\1|\bimport\s*\(?\s*(['"])(.+?)\3/g)
  return [...found].map((match) => match[2] ?? match[4] ?? '')
}

/** Blanks comments; strings and templates stay, so that `//` in a URL starts none. */
export function withoutComments(text: string): string {
  const token = /(['"])(?:\\.|(?!\1)[^\\\n])*\1|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g
  return text.replace(token, (match) => (/^\/[/*]/.test(match) ? ' ' : match))
}

function isAtOrIn(path: string, place: string): boolean {
  return place.endsWith('/') ? path.startsWith(place) : path === place
}
