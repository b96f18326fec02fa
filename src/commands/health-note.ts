import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Memory first: it is writable under a read-only root, and gone with the container. */
export const NOTE_FOLDERS: readonly string[] = ['/dev/shm', tmpdir()]

/** Where the running command can be asked how it is, written down for `pipit health`, which is told nothing. */
export interface HealthNote {
  readonly pid: number
  readonly url: string
}

/**
 * `port` is what PORT says, the same for the command and for its probe: several pipits of one user on one machine keep
 * out of each other's way. `false` when no folder can be written.
 */
export function writeHealthNote(port: number, note: HealthNote, folders = NOTE_FOLDERS): boolean {
  return folders.some((folder) => {
    const path = notePath(folder, port)
    const draft = `${path}.${note.pid}`
    try {
      writeFileSync(draft, JSON.stringify(note), { mode: 0o600, flag: 'wx' })
      renameSync(draft, path)
      return true
    } catch (error) {
      return unusable(error)
    }
  })
}

/** The note of a command that still runs. */
export function readHealthNote(port: number, folders = NOTE_FOLDERS): HealthNote | undefined {
  for (const folder of folders) {
    const note = readNote(notePath(folder, port))
    if (note !== undefined && isRunning(note.pid)) return note
  }
  return undefined
}

/** Takes away a note, if it is still this process's. */
export function removeHealthNote(port: number, pid: number, folders = NOTE_FOLDERS): void {
  for (const folder of folders) {
    const path = notePath(folder, port)
    if (readNote(path)?.pid === pid) rmSync(path, { force: true })
  }
}

/** These folders are everybody's: a note is read only from the user who would have written it. */
function readNote(path: string): HealthNote | undefined {
  try {
    const { uid } = lstatSync(path)
    if (uid !== userId()) return undefined
    const note: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isNote(note) ? note : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    unusable(error)
    return undefined
  }
}

function isNote(note: unknown): note is HealthNote {
  if (typeof note !== 'object' || note === null) return false
  const { pid, url } = note as Partial<Record<keyof HealthNote, unknown>>
  return Number.isInteger(pid) && typeof url === 'string' && url.startsWith('http://')
}

function notePath(folder: string, port: number): string {
  return join(folder, `pipit-health-${userId()}-${port}`)
}

function userId(): number {
  return process.getuid?.() ?? 0
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** No folder, no right, no space: the next place is tried. Anything else is a bug. */
function unusable(error: unknown): false {
  if (error instanceof Error && 'syscall' in error) return false
  throw error
}
