import { compilePattern } from './pattern.ts'
import type { On, Test } from './on.ts'

/** What can be asked of a connection that nobody reads. */
export interface WirePlace {
  /** From 1. */
  readonly connection: number
  /** To which the client connected. */
  readonly port: number
}

export const WIRE_CONDITIONS: readonly string[] = ['connection', 'port'] satisfies (keyof WirePlace)[]

export function compileWireOn({ connection, port }: On): readonly Test<WirePlace>[] {
  return Object.entries({ connection, port }).flatMap(([reason, written]) => {
    if (written === undefined) return []
    const fits = compilePattern(written)
    return [{ reason, fits: (at: WirePlace) => fits(String(at[reason as keyof WirePlace])) }]
  })
}
