import { PipitError } from '../core/errors.ts'

export interface Bound {
  readonly min?: number
  readonly max?: number
}

const EXPECTED = /^([^=\s]+)(?:=(?:(\d{1,9})|(\d{1,9})?\.\.(\d{1,9})?))?$/

/** `lost-ack` at least once, `lost-ack=2` exactly, `lost-ack=1..3`, `lost-ack=2..`, `lost-ack=..3`. */
export function parseBounds(words: readonly string[]): Readonly<Record<string, Bound>> {
  const bounds: Record<string, Bound> = {}
  for (const word of words) {
    const [, id, exactly, min, max] = EXPECTED.exec(word) ?? []
    if (id === undefined)
      throw new PipitError('usage', `expected a fault like lost-ack, lost-ack=2 or lost-ack=1..3, got "${word}"`)
    bounds[id] = {
      ...((exactly ?? min) !== undefined && { min: Number(exactly ?? min) }),
      ...((exactly ?? max) !== undefined && { max: Number(exactly ?? max) }),
    }
  }
  return bounds
}
