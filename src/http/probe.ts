import { get } from 'node:http'

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
