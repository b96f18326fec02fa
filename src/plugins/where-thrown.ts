import { isAbsolute, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { OWN_FOLDERS } from '../own-files.ts'

export interface Place {
  readonly path: string
  readonly line: number
}

/** A frame, or the head that a syntax error has instead of one: `file:///plugins/a.js:3`. */
const PLACE = /(?:^|\(|at |async )((?:file:\/\/)?\/.*?):(\d+)(?::\d+)?\)?$/

/** Where in somebody's own code an error comes from: not in pipit, not in Node, and in a package only if nowhere else. */
export function whereThrown(error: unknown): Place | undefined {
  const places = placesOf(error)
  return places.find(({ path }) => !path.includes(`${sep}node_modules${sep}`)) ?? places[0]
}

/** Has code of this folder, or of what is installed in it, had a part in it? */
export function isThrownIn(error: unknown, folder: string): boolean {
  return placesOf(error).some(({ path }) => path.startsWith(folder + sep))
}

function placesOf(error: unknown): Place[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack.split('\n').flatMap((line) => {
    const [, where = '', number] = PLACE.exec(line) ?? []
    if (where === '') return []
    const path = where.startsWith('file://') ? fileURLToPath(where) : where
    // pipit's own files are never where a plugin is to be mended.
    return OWN_FOLDERS.some((folder) => path.startsWith(folder)) ? [] : [{ path, line: Number(number) }]
  })
}

/** A path as somebody in the working directory would write it. */
export function shownPath(path: string, cwd = process.cwd()): string {
  const below = relative(cwd, path)
  return below === '' || below.startsWith('..') || isAbsolute(below) ? path : below
}
