import type { Answer, Connection } from './connection.ts'

/** One client of a workload: what it sends next, and how many operations an answer completes. */
export interface Client {
  next(): Buffer
  took(answer: Answer): number
}

/** Whom the load is for. */
export interface Target {
  readonly port: number
  /** False: it answers everything alike and has no queues. */
  readonly isSqs: boolean
  readonly admin: Connection
}

export function receiptHandles({ body }: Answer): string[] {
  const { Messages = [] } = JSON.parse(body.toString()) as { Messages?: { ReceiptHandle: string }[] }
  return Messages.map(({ ReceiptHandle }) => ReceiptHandle)
}
