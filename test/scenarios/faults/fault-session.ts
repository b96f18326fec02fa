import { pause } from '../../../src/http/pause.ts'

const SETTLE_MS = 200

/** What one call with a fault in its way came to: tries that reached the gateway, what the caller saw, what is stored. */
export type Seen = readonly [tries: number, sees: string, stored: number]

export interface FaultSession {
  /** For SDKs. */
  readonly endpoint: string
  /** Tries of SendMessage that reached the gateway. */
  tries(): Promise<number>
  /** Messages in `orders`. */
  stored(): Promise<number>
}

/** A world of its own in a running gateway, with rules that nobody else meets. */
export async function faultSession(url: string, name: string, rules: unknown): Promise<FaultSession> {
  const world = `${url}/s/${name}`
  const answer = await fetch(`${world}/_pipit/faults`, { method: 'POST', body: JSON.stringify(rules) })
  if (answer.status !== 201) throw new Error(await answer.text())
  const read = async <T>(path: string): Promise<T> => (await fetch(`${world}/_pipit/${path}`)).json() as Promise<T>
  return {
    endpoint: `${world}/sqs/`,
    async tries() {
      // A try that its client gave up is written down a moment after the client went.
      for (let before = -1; ;) {
        const { exchanges } = await read<{ exchanges: [] }>('journal?filter=op=SendMessage')
        if (exchanges.length === before) return before
        before = exchanges.length
        await pause(SETTLE_MS)
      }
    },
    async stored() {
      const { queues } = await read<{ queues: { name: string; counts: { visible: number } }[] }>('sqs/queues')
      return queues.find((queue) => queue.name === 'orders')?.counts.visible ?? 0
    },
  }
}
