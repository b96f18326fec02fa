import type { Sink } from '../../src/log/sink.ts'

/** A sink that keeps what it is given. */
export function keeping(): { sink: Sink; text: () => string; objects: () => Record<string, unknown>[] } {
  const written: string[] = []
  const text = (): string => written.join('')
  return {
    text,
    objects: () =>
      text()
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    sink: { write: (more) => void written.push(more), flush: () => {}, close: () => Promise.resolve() },
  }
}
