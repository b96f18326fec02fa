import { get } from 'node:http'
import { pause } from './pause.ts'

export type ProbeResult =
  { readonly kind: 'answer'; readonly status: number } | { readonly kind: 'nothing'; readonly reason: string }

/** Asks once, on a connection of its own. Light: a container asks every two seconds, in a new process each time. */
export function probe(url: string, timeoutMs: number): Promise<ProbeResult> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      resolve({ kind: 'answer', status: response.statusCode ?? 0 })
      response.destroy()
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.name === 'AbortError' ? `no answer in ${timeoutMs} ms` : (error.code ?? error.message)
      resolve({ kind: 'nothing', reason })
    })
  })
}

/** How often somebody who is waited for is asked again. */
const AGAIN_MS = 100

/** The same until the answer is 200, or `waitMs` are over: then the last answer. */
export async function probeUntilReady(url: string, timeoutMs: number, waitMs: number): Promise<ProbeResult> {
  const untilMs = performance.now() + waitMs
  for (;;) {
    const result = await probe(url, timeoutMs)
    const isReady = result.kind === 'answer' && result.status === 200
    if (isReady || performance.now() >= untilMs) return result
    await pause(AGAIN_MS)
  }
}
