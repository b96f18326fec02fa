import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PipitError } from '../core/errors.ts'
import { shownPath } from './where-thrown.ts'

export type PluginKind = 'service' | 'injector' | 'faults' | 'manifest'

export interface PluginFile {
  readonly kind: PluginKind
  readonly path: string
  /** As messages name it: from the working directory. */
  readonly name: string
}

export interface Found {
  readonly files: readonly PluginFile[]
  readonly notes: readonly string[]
}

/** A folder that is mounted by mistake should not be walked through. */
const MOST_ENTRIES = 10_000
const DEEPEST = 5

const KINDS: readonly (readonly [PluginKind, RegExp])[] = [
  ['service', /\.service\.[jt]s$/],
  ['injector', /\.injector\.[jt]s$/],
  ['faults', /\.faults\.ya?ml$/],
  // The first pipit's: which JSON files are ones is seen when they are read.
  ['manifest', /(?:^|[/\\])(?!(?:package|package-lock|tsconfig)\.json$)[^/\\]+\.json$/],
]

/**
 * What is in the plugins folder and below it, by name; packages and hidden folders are left alone. A folder that somebody
 * has named must be there: a PipitError otherwise.
 */
export function findPlugins(folder: string, { cwd, isAsked }: { cwd: string; isAsked: boolean }): Found {
  const paths: string[] = []
  let entries = 0
  const walk = (at: string, depth: number): void => {
    for (const name of readdirSync(at).toSorted()) {
      if (++entries > MOST_ENTRIES) return
      if (name === 'node_modules' || name.startsWith('.')) continue
      const path = join(at, name)
      // Asked of what a link leads to: some mounts consist of links.
      const what = statSync(path, { throwIfNoEntry: false })
      if (what?.isDirectory() === true && depth < DEEPEST) walk(path, depth + 1)
      else if (what?.isFile() === true) paths.push(path)
    }
  }
  try {
    walk(folder, 0)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !isAsked) return { files: [], notes: [] }
    const trouble = code === 'ENOENT' ? 'does not exist' : `cannot be read: ${message}`
    throw new PipitError('bad-config', `the plugins folder ${folder} ${trouble}`)
  }
  const all = new Set(paths)
  const files = paths.flatMap((path): PluginFile[] => {
    const kind = KINDS.find(([, pattern]) => pattern.test(path))?.[0]
    // Of a source and what was compiled of it, the latter runs everywhere.
    const isSource = path.endsWith('.ts') && all.has(path.replace(/\.ts$/, '.js'))
    return kind === undefined || isSource ? [] : [{ kind, path, name: shownPath(path, cwd) }]
  })
  const tooMany = `the plugins folder ${folder} has more than ${MOST_ENTRIES} files: is it the right one?`
  return { files, notes: entries > MOST_ENTRIES ? [tooMany] : [] }
}
