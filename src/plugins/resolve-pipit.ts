import module from 'node:module'
import { PIPIT_URL } from '../own-files.ts'

interface Hooks {
  resolve(specifier: string, context: unknown, next: (specifier: string, context: unknown) => unknown): unknown
}

/** Node 24's, which take effect in this thread. */
const { registerHooks } = module as { registerHooks?: (hooks: Hooks) => void }

let isDone = false

/** Lets plugins import the bare name, wherever they are: nothing is installed beside them. */
export function resolvePipit(): void {
  if (isDone) return
  isDone = true
  if (registerHooks !== undefined) {
    registerHooks({
      resolve: (specifier, context, next) =>
        specifier === 'pipit' ? { url: PIPIT_URL, shortCircuit: true } : next(specifier, context),
    })
    return
  }
  const found = JSON.stringify({ url: PIPIT_URL, shortCircuit: true })
  const source = `export const resolve = (name, context, next) => name === 'pipit' ? ${found} : next(name, context)`
  module.register(`data:text/javascript,${encodeURIComponent(source)}`)
}
