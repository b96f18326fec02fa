import type { Clock } from './clock.ts'

/** Resolves after so long, or as soon as the signal fires: whoever waits for somebody looks whether he is still there. */
export function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = (): void => {
      cancel()
      signal.removeEventListener('abort', end)
      resolve()
    }
    const cancel = clock.schedule(clock.nowMs() + ms, end)
    signal.addEventListener('abort', end)
  })
}
