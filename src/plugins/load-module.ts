import { MessageChannel } from 'node:worker_threads'
import { pathToFileURL } from 'node:url'
import type { Clock } from '../core/clock.ts'

/** Of a module's own code. Everybody waits for it: the gateway starts when all are loaded. */
export const LOAD_LIMIT_MS = 10_000

export type Module = Readonly<Record<string, unknown>>

/** Runs a file, and answers what it exports. Rejects with what it throws, and when it does not end. */
export async function loadModule(path: string, wall: Clock): Promise<Module> {
  const { port1 } = new MessageChannel()
  // While nothing else is under way a process ends, and no clock keeps it: an `await` that never ends would end pipit.
  port1.ref()
  let cancel = (): void => {}
  const limit = new Promise<never>((_resolve, reject) => {
    const text = `it has not finished loading within ${LOAD_LIMIT_MS / 1000} s: does it await something that never ends?`
    cancel = wall.schedule(wall.nowMs() + LOAD_LIMIT_MS, () => reject(new Error(text)))
  })
  try {
    return await Promise.race([import(pathToFileURL(path).href) as Promise<Module>, limit])
  } finally {
    cancel()
    port1.close()
  }
}
