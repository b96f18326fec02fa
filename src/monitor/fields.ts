import type { FieldName, FieldValue } from '../journal/filter.ts'
import { attemptOf } from '../core/attempt.ts'
import type { WatchedExchange } from './watched-exchange.ts'

/** What nobody knows before the answer is there. */
const OF_ANSWERS: ReadonlySet<FieldName> = new Set(['status', 'error', 'fault', 'failure', 'duration'])

export function isOfAnswers(field: FieldName): boolean {
  return OF_ANSWERS.has(field)
}

/** What a filter asks for. */
export function fieldOf(exchange: WatchedExchange, field: FieldName): FieldValue {
  const { head } = exchange
  switch (field) {
    case 'op':
      return exchange.reading.operation
    case 'queue':
      return exchange.description.resource
    case 'status':
      return exchange.response?.status
    case 'error':
      return exchange.error && [exchange.error.code, exchange.error.shape]
    case 'fault':
      return exchange.faults.map((fault) => fault.split(/[; ]/, 1)[0] as string)
    case 'failure':
      return exchange.failure?.ending
    case 'session':
      return exchange.reading.session
    case 'service':
      return exchange.reading.serviceName
    case 'client':
      return exchange.client
    case 'region':
    case 'account':
      return exchange.reading.caller[field]
    case 'protocol':
      return exchange.reading.protocol.name
    case 'method':
      return head.method
    case 'path':
      return head.target.split('?', 1)[0]
    case 'id':
      return exchange.id
    case 'invocation':
      return attemptOf(head)?.invocationId
    case 'attempt':
      return attemptOf(head)?.attempt
    case 'duration':
      return exchange.durationMs
    case 'bytes':
      return exchange.body.sizeBytes
    case 'source':
      return undefined
  }
}
